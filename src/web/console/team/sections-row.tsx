import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { TeamMember } from '../api-types.js';
import { SectionsField } from './sections-field.js';
import classes from './team.module.css';

interface Props {
  member: TeamMember;
  knownSections: readonly string[];
  isBusy: boolean;
  onSave: (sections: string[] | null) => void;
  onClose: () => void;
}

/** Limits a colleague's role to sections, or lifts the limit. The button says what will happen. */
export function SectionsRow({ member, knownSections, isBusy, onSave, onClose }: Props) {
  const [sections, setSections] = useState(member.sections ?? []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(sections.length === 0 ? null : sections);
  };
  return (
    <form className={classes.limiting} onSubmit={submit}>
      <SectionsField
        label={`Sections of ${member.name}`}
        value={sections}
        knownSections={knownSections}
        autoFocus
        onChange={setSections}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="xs" loading={isBusy}>
          {sections.length === 0 ? 'Give the whole site' : 'Limit to these'}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Keep as it was
        </Button>
      </div>
    </form>
  );
}

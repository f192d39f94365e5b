import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import classes from './team.module.css';

interface Props {
  label: string;
  value: string[];
  /** Sections of the site's stories. */
  known: readonly string[];
  description?: string;
  error?: string | undefined;
  autoFocus?: boolean;
  onChange: (sections: string[]) => void;
}

/** What a role is limited to; empty: nothing. Known sections are offered, others can be typed. */
export function SectionsField({ label, value, known, description, error, autoFocus, onChange }: Props) {
  // Once one is chosen the list gives way to what stands below it; typing brings it back.
  const [isOpen, setOpen] = useState(false);
  return (
    <TagsInput
      label={label}
      description={description}
      placeholder={value.length === 0 ? 'The whole site' : undefined}
      value={value}
      data={[...known]}
      classNames={{ inputField: classes.typed }}
      maxTags={50}
      maxLength={100}
      acceptValueOnBlur
      error={error}
      data-autofocus={autoFocus || undefined}
      autoFocus={autoFocus ?? false}
      comboboxProps={{ withinPortal: false }}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      onSearchChange={(typed) => typed !== '' && setOpen(true)}
      onChange={(sections) => {
        setOpen(false);
        onChange(sections);
      }}
    />
  );
}

import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import classes from './team.module.css';

interface Props {
  label: string;
  value: string[];
  /** Sections of the site's stories. */
  knownSections: readonly string[];
  description?: string;
  error?: string | undefined;
  autoFocus?: boolean;
  onChange: (sections: string[]) => void;
}

/**
 * The sections that a role is limited to; empty means no limit. Known sections are suggested, others can be typed.
 */
export function SectionsField({
  label,
  value,
  knownSections,
  description,
  error,
  autoFocus,
  onChange,
}: Props) {
  // Choosing a section closes the list, so that it does not cover the content below. Typing opens it again.
  const [isOpen, setOpen] = useState(false);
  return (
    <TagsInput
      label={label}
      description={description}
      placeholder={value.length === 0 ? 'The whole site' : undefined}
      value={value}
      data={[...knownSections]}
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

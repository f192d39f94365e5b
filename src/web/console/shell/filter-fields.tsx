import { Button, NativeSelect, TextInput, type NativeSelectProps, type TextInputProps } from '@mantine/core';

interface TextProps extends Omit<TextInputProps, 'size' | 'value' | 'onChange'> {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** A word, an id or a number that a list is narrowed by. */
export function FilterText({ onText, ...props }: TextProps) {
  return <TextInput size="xs" {...props} onChange={(event) => onText(event.currentTarget.value)} />;
}

interface ChoiceProps extends Omit<NativeSelectProps, 'size' | 'value' | 'onChange'> {
  readonly value: string;
  readonly onChoice: (value: string) => void;
}

/** One of a few; the first narrows nothing. */
export function FilterChoice({ onChoice, ...props }: ChoiceProps) {
  return <NativeSelect size="xs" {...props} onChange={(event) => onChoice(event.currentTarget.value)} />;
}

interface TimesProps {
  readonly type: 'date' | 'datetime-local';
  readonly from: { readonly label: string; readonly value: string };
  readonly until: { readonly label: string; readonly value: string };
  readonly onFrom: (value: string) => void;
  readonly onUntil: (value: string) => void;
}

/** Between two times by the moderator's clock; either may be left open. */
export function FilterTimes({ type, from, until, onFrom, onUntil }: TimesProps) {
  return (
    <>
      <FilterText type={type} {...from} onText={onFrom} />
      <FilterText type={type} {...until} onText={onUntil} />
    </>
  );
}

/** Back to the whole list. */
export function ClearFilter({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  return (
    <Button size="xs" variant="subtle" color="gray" disabled={!isNarrowed} onClick={onClear}>
      Clear
    </Button>
  );
}

import { Button, NativeSelect, TextInput, type NativeSelectProps, type TextInputProps } from '@mantine/core';

interface TextProps extends Omit<TextInputProps, 'size' | 'value' | 'onChange'> {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** A text filter for a word, an id or a number. */
export function FilterText({ onText, ...props }: TextProps) {
  return <TextInput size="xs" {...props} onChange={(event) => onText(event.currentTarget.value)} />;
}

interface ChoiceProps extends Omit<NativeSelectProps, 'size' | 'value' | 'onChange'> {
  readonly value: string;
  readonly onChoice: (value: string) => void;
}

/** A choice of a few options; the first one means no filter. */
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

/** A time range in the moderator's time zone; either end may be open. */
export function FilterTimes({ type, from, until, onFrom, onUntil }: TimesProps) {
  return (
    <>
      <FilterText type={type} {...from} onText={onFrom} />
      <FilterText type={type} {...until} onText={onUntil} />
    </>
  );
}

/** Clears all filters. */
export function ClearFilter({ isNarrowed, onClear }: { isNarrowed: boolean; onClear: () => void }) {
  return (
    <Button size="xs" variant="subtle" color="gray" disabled={!isNarrowed} onClick={onClear}>
      Clear
    </Button>
  );
}

import { Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import type { Scorer, ScorerSettings } from '../api-types.js';
import forms from '../shell/forms.module.css';

/** The settings of a chat scorer, as they are entered. */
export interface ChatDraft {
  readonly rules: string;
  readonly from: number | string;
  readonly to: number | string;
  readonly mayRelease: boolean;
  readonly responseFormat: NonNullable<ScorerSettings['responseFormat']>;
  readonly maxTokens: number | string;
}

/** @param scorer omitted for a new scorer */
export function chatDraftOf(scorer?: Scorer): ChatDraft {
  return {
    rules: scorer?.rules ?? '',
    from: scorer?.band?.from ?? 0.3,
    to: scorer?.band?.to ?? 0.9,
    mayRelease: scorer?.mayRelease ?? false,
    responseFormat: scorer?.responseFormat ?? 'json-schema',
    maxTokens: scorer?.maxTokens ?? 500,
  };
}

export const chatSettingsOf = ({ rules, from, to, mayRelease, responseFormat, maxTokens }: ChatDraft) => ({
  ...(rules.trim() ? { rules: rules.trim() } : {}),
  band: { from: Number(from), to: Number(to) },
  mayRelease,
  responseFormat,
  maxTokens: Number(maxTokens),
});

interface Props {
  draft: ChatDraft;
  onChange: (draft: ChatDraft) => void;
  /** The error to show at a field. */
  faultAt: (field: string) => string | undefined;
}

/** The rules by which a chat model judges, and the comments about which it is asked. */
export function ChatFields({ draft, onChange, faultAt }: Props) {
  const change = (part: Partial<ChatDraft>) => onChange({ ...draft, ...part });
  return (
    <>
      <Textarea
        size="xs"
        label="Your rules"
        description="In your own words, best as a numbered list. The model judges by nothing else and cites the rule that a comment violates."
        placeholder={
          '1. No personal attacks on other readers or on our authors.\n2. Stay on the topic of the story.'
        }
        autosize
        minRows={6}
        maxRows={20}
        maxLength={20_000}
        value={draft.rules}
        error={faultAt('rules')}
        onChange={(event) => change({ rules: event.currentTarget.value })}
      />
      <div className={forms.fields}>
        <NumberInput
          size="xs"
          label="Asked from a score of"
          description="By the local model. 0: every comment."
          min={0}
          max={1}
          step={0.05}
          value={draft.from}
          error={faultAt('band')}
          onChange={(from) => change({ from })}
        />
        <NumberInput
          size="xs"
          label="Up to a score of"
          description="Above, the local model is certain."
          min={0}
          max={1}
          step={0.05}
          value={draft.to}
          onChange={(to) => change({ to })}
        />
        <NativeSelect
          size="xs"
          label="Format of the answer"
          description="Without a schema, only the prompt asks for JSON."
          value={draft.responseFormat}
          onChange={(event) =>
            change({ responseFormat: event.currentTarget.value as ChatDraft['responseFormat'] })
          }
          data={[
            { value: 'json-schema', label: 'By schema, where supported' },
            { value: 'none', label: 'Without a schema' },
          ]}
        />
        <NumberInput
          size="xs"
          label="Tokens per answer"
          description="Models that reason first need more."
          min={16}
          max={4000}
          value={draft.maxTokens}
          error={faultAt('maxTokens')}
          onChange={(maxTokens) => change({ maxTokens })}
        />
      </div>
      <Checkbox
        size="xs"
        label="It may release comments"
        description="If it is confident that no rule is violated, a comment is published that the local model would hold as toxic, an insult or profanity below the upper score. Off: it can only hold."
        checked={draft.mayRelease}
        onChange={(event) => change({ mayRelease: event.currentTarget.checked })}
      />
    </>
  );
}

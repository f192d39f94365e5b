import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ListFilter, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { ClearFilter, FilterChoice, FilterText, FilterTimes } from '../shell/filter-fields.js';
import { redeliveryOf, type DeliveryFilter } from './delivery-filter.js';
import classes from '../shell/panels.module.css';

interface Props {
  filter: DeliveryFilter;
  onFilter: (filter: DeliveryFilter) => void;
  onRedeliver: () => void;
}

/** Filters deliveries: by state directly, by other fields on demand. */
export function FilterBar({ filter, onFilter, onRedeliver }: Props) {
  const isNarrowed = [filter.type, filter.comment, filter.since, filter.until].some((text) => text !== '');
  const [isOpen, setOpen] = useState(isNarrowed);
  const types = useQuery({
    queryKey: ['event-types'],
    queryFn: ({ signal }) => api.eventTypes(signal),
    staleTime: Infinity,
    enabled: isOpen,
  });
  const set = (change: Partial<DeliveryFilter>) => onFilter({ ...filter, ...change });
  return (
    <>
      <div className={classes.filter}>
        <SegmentedControl
          size="xs"
          aria-label="Which deliveries"
          value={filter.state}
          onChange={(state) => set({ state: state })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'pending', label: 'Under way' },
            { value: 'delivered', label: 'Delivered' },
            { value: 'failed', label: 'Failed' },
          ]}
        />
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          aria-expanded={isOpen}
          leftSection={<ListFilter size={14} aria-hidden />}
          onClick={() => setOpen(!isOpen)}
        >
          Filter
        </Button>
        <Button
          className={classes.push}
          size="xs"
          variant="subtle"
          leftSection={<RotateCw size={14} aria-hidden />}
          disabled={redeliveryOf(filter) === null}
          onClick={onRedeliver}
        >
          Redeliver these…
        </Button>
      </div>
      {isOpen && (
        <div className={classes.more} role="group" aria-label="More of the filter">
          <FilterChoice
            label="Event"
            value={filter.type}
            onChoice={(value) => set({ type: value })}
            data={[
              { value: '', label: 'Every kind' },
              ...(types.data?.items ?? (filter.type ? [{ type: filter.type }] : [])).map(({ type }) => ({
                value: type,
                label: type,
              })),
            ]}
          />
          <FilterText
            label="Comment"
            placeholder="Its id"
            value={filter.comment}
            onText={(text) => set({ comment: text })}
          />
          <FilterTimes
            type="datetime-local"
            from={{ label: 'Happened since', value: filter.since }}
            until={{ label: 'Happened before', value: filter.until }}
            onFrom={(since) => set({ since })}
            onUntil={(until) => set({ until })}
          />
          <ClearFilter
            isNarrowed={isNarrowed}
            onClear={() => set({ type: '', comment: '', since: '', until: '' })}
          />
        </div>
      )}
    </>
  );
}

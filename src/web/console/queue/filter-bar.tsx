import { ActionIcon, Button, Popover } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListFilter, X } from 'lucide-react';
import { useState } from 'react';
import { api } from '../api.js';
import { useConsole } from '../shell/console-context.js';
import { mayManage } from '../shell/permissions.js';
import { useAddress } from '../router.js';
import { useSession } from '../session/session.js';
import type { QueueFilter, QueueItem, QueueSort, QueueState } from '../api-types.js';
import classes from './filter-bar.module.css';
import { FilterForm } from './filter-form.js';
import { FILTER_KEYS, filterLabel, type FilterName } from './filters.js';
import { savedKey } from './queue-cache.js';
import { SaveQueueForm } from './save-queue-form.js';

interface Props {
  site: string;
  state: QueueState;
  sort: QueueSort;
  filter: QueueFilter;
  /** Filter suggestions come from the loaded items. */
  items: readonly QueueItem[];
  mayDecide: boolean;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
  onFilter: (filter: QueueFilter) => void;
}

/** The filter as a sentence under the title. Each part can be removed. */
export function FilterBar(props: Props) {
  const { filter, onFilter } = props;
  const [isSaving, setSaving] = useState(false);
  const { site: currentSite } = useConsole();
  const { moderator } = useSession();
  const savedQueueId = useAddress().params.get('saved');
  const queries = useQueryClient();
  const { data: saved } = useQuery({
    queryKey: savedKey(props.site),
    queryFn: ({ signal }) => api.savedQueues(props.site, signal),
  });
  const savedQueue = saved?.items.find(
    ({ id, by }) => id === savedQueueId && (by?.id === moderator.id || mayManage(currentSite.role)),
  );
  const remove = useMutation({
    mutationFn: api.deleteQueue,
    onSuccess: () => onFilter(filter),
    onSettled: () => queries.invalidateQueries({ queryKey: savedKey(props.site) }),
  });
  const activeFilters = FILTER_KEYS.filter((name) => filter[name]);
  const removeFilter = (removed: FilterName) =>
    onFilter(Object.fromEntries(Object.entries(filter).filter(([name]) => name !== removed)));
  return (
    <div className={classes.bar}>
      <Popover
        opened={props.isOpen}
        onChange={props.onOpen}
        position="bottom-start"
        width={300}
        trapFocus
        returnFocus
        withinPortal={false}
        // With roles, the dialog would take its name from the button, which reads "Only" when a filter is set.
        withRoles={false}
        shadow="md"
      >
        <Popover.Target>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            className={classes.open}
            aria-haspopup="dialog"
            aria-expanded={props.isOpen}
            data-key="f"
            aria-keyshortcuts="F"
            leftSection={<ListFilter size={13} aria-hidden />}
            onClick={() => props.onOpen(!props.isOpen)}
          >
            {activeFilters.length === 0 ? 'Filter' : 'Only'}
          </Button>
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label="Filter">
          <FilterForm
            filter={filter}
            items={props.items}
            onDone={(next) => {
              props.onOpen(false);
              onFilter(next);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {activeFilters.map((name) => (
        <span key={name} className={classes.part}>
          {filterLabel(name, filter[name]!)}
          <ActionIcon
            size={18}
            variant="subtle"
            color="gray"
            aria-label={`Without “${filterLabel(name, filter[name]!)}”`}
            onClick={() => removeFilter(name)}
          >
            <X size={12} aria-hidden />
          </ActionIcon>
        </span>
      ))}
      {savedQueue && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={classes.save}
          title="The comments stay where they are"
          loading={remove.isPending}
          onClick={() => remove.mutate(savedQueue.id)}
        >
          Keep no longer
        </Button>
      )}
      {activeFilters.length > 0 && props.mayDecide && !savedQueueId && (
        <Popover
          opened={isSaving}
          onChange={setSaving}
          position="bottom-end"
          width={280}
          trapFocus
          returnFocus
          withinPortal={false}
          shadow="md"
        >
          <Popover.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              className={classes.save}
              onClick={() => setSaving(!isSaving)}
            >
              Keep…
            </Button>
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label="Keep this filter as a queue">
            <SaveQueueForm
              site={props.site}
              state={props.state}
              sort={props.sort}
              filter={filter}
              onDone={() => setSaving(false)}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

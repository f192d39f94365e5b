import {
  ActionIcon,
  Menu,
  Tooltip,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import {
  Activity,
  BookUser,
  ChartColumn,
  Newspaper,
  ChevronsUpDown,
  Coffee,
  CircleHelp,
  Gauge,
  GraduationCap,
  KeyRound,
  LogOut,
  Monitor,
  Moon,
  Scale,
  ScrollText,
  Search,
  ShieldCheck,
  SlidersHorizontal,
  Sun,
  UserRound,
  UsersRound,
  Webhook,
  Check,
} from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { go, hrefOf, Link } from '../router.js';
import { AccountModal } from '../session/account-form.js';
import { useSession, useSessionContext } from '../session/session.js';
import type { QueueState } from '../api-types.js';
import { BrigadeBanner } from './brigade-banner.js';
import { useConsole } from './console-context.js';
import classes from './frame.module.css';
import { QueueNavigation } from './queue-navigation.js';
import { hasWholeSite, mayManage } from './permissions.js';
import { PreferencesModal } from './preferences-modal.js';

/** Settings pages for owners and admins, in sidebar order. */
const NAVIGATION = [
  { path: 'policy', name: 'Policy', icon: Scale },
  { path: 'access', name: 'Access', icon: KeyRound },
  { path: 'scorers', name: 'Scorers', icon: Gauge },
  { path: 'learning', name: 'Learning', icon: GraduationCap },
  { path: 'webhooks', name: 'Webhooks', icon: Webhook },
  { path: 'team', name: 'Team', icon: UsersRound },
  { path: 'settings', name: 'Settings', icon: SlidersHorizontal },
  { path: 'audit', name: 'Audit', icon: ScrollText },
] as const;

/** The active page: a queue list or another screen. */
export type PageKey =
  | QueueState
  | 'sample'
  | 'overview'
  | 'search'
  | 'readers'
  | 'stories'
  | 'quality'
  | 'security'
  | (typeof NAVIGATION)[number]['path'];

interface Props {
  active: PageKey;
  onHelp: () => void;
  children: ReactNode;
}

/** The sidebar with queues, site and account. The screen is beside it, or below it on a tablet. */
export function Frame({ active, onHelp, children }: Props) {
  const { site } = useConsole();
  const nav = useRef<HTMLDivElement>(null);
  // On a tablet the sidebar is a scrolling strip. Keep the current entry in view, also after the device is rotated.
  useEffect(() => {
    const strip = nav.current;
    if (!strip) return;
    const show = (): void =>
      strip
        .querySelector('[aria-current="page"]')
        ?.scrollIntoView({ block: 'nearest', inline: 'center', behavior: 'instant' });
    show();
    // Counts and queues that load later make the strip longer. Stop adjusting it once the user has scrolled it.
    const observer = new MutationObserver(show);
    const stopFollowing = (): void => observer.disconnect();
    if (matchMedia('(max-width: 1099px)').matches)
      observer.observe(strip, { childList: true, subtree: true });
    strip.addEventListener('pointerdown', stopFollowing);
    strip.addEventListener('wheel', stopFollowing, { passive: true });
    window.addEventListener('resize', show);
    return () => {
      stopFollowing();
      strip.removeEventListener('pointerdown', stopFollowing);
      strip.removeEventListener('wheel', stopFollowing);
      window.removeEventListener('resize', show);
    };
  }, [active]);
  return (
    <div className={classes.frame}>
      <nav className={classes.rail} aria-label="Queues and settings">
        <button type="button" className={classes.skip} onClick={skipToContent}>
          To the content
        </button>
        <SiteSwitcher />
        <Sections />
        <div className={classes.nav} ref={nav}>
          <QueueNavigation active={active} />
          <div className={classes.rule} />
          {hasWholeSite(site) && (
            <Link
              className={classes.place}
              href={hrefOf('/overview', { site: site.id })}
              aria-current={active === 'overview' ? 'page' : undefined}
            >
              <Activity size={15} strokeWidth={1.75} aria-hidden />
              <span>Overview</span>
            </Link>
          )}
          <Link
            className={classes.place}
            href={hrefOf('/search', { site: site.id })}
            aria-current={active === 'search' ? 'page' : undefined}
          >
            <Search size={15} strokeWidth={1.75} aria-hidden />
            <span>Search</span>
          </Link>
          <Link
            className={classes.place}
            href={hrefOf('/readers', { site: site.id })}
            aria-current={active === 'readers' ? 'page' : undefined}
          >
            <BookUser size={15} strokeWidth={1.75} aria-hidden />
            <span>Readers</span>
          </Link>
          <Link
            className={classes.place}
            href={hrefOf('/stories', { site: site.id })}
            aria-current={active === 'stories' ? 'page' : undefined}
          >
            <Newspaper size={15} strokeWidth={1.75} aria-hidden />
            <span>Stories</span>
          </Link>
          {hasWholeSite(site) && (
            <Link
              className={classes.place}
              href={hrefOf('/quality', { site: site.id })}
              aria-current={active === 'quality' ? 'page' : undefined}
            >
              <ChartColumn size={15} strokeWidth={1.75} aria-hidden />
              <span>Quality</span>
            </Link>
          )}
          {mayManage(site.role) && (
            <>
              {NAVIGATION.map(({ path, name, icon: Icon }) => (
                <Link
                  key={path}
                  className={classes.place}
                  href={hrefOf(`/${path}`, { site: site.id })}
                  aria-current={active === path ? 'page' : undefined}
                >
                  <Icon size={15} strokeWidth={1.75} aria-hidden />
                  <span>{name}</span>
                </Link>
              ))}
            </>
          )}
        </div>
        <div className={classes.footer}>
          <StreamStatus />
          <div className={classes.tools}>
            <Tooltip label="Keys and help (?)">
              <ActionIcon variant="subtle" color="gray" onClick={onHelp} aria-label="Keys and help">
                <CircleHelp size={16} strokeWidth={1.75} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <SchemeMenu />
            <AccountMenu />
          </div>
        </div>
      </nav>
      <div className={classes.screen}>
        <BrigadeBanner />
        {children}
      </div>
    </div>
  );
}

/** Skips the sidebar's twenty or so links for keyboard users. */
function skipToContent(): void {
  const main = document.querySelector('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}

/** Renders nothing if the role covers the whole site. */
function Sections() {
  const { site } = useConsole();
  if (site.sections === null) return null;
  const names = site.sections.join(', ');
  return (
    <p className={classes.sections} title={`Your role is for comments of these sections: ${names}`}>
      {site.sections.length === 1 ? 'Section' : 'Sections'}: {names}
    </p>
  );
}

function SiteSwitcher() {
  const { site } = useConsole();
  const { sites } = useSession();
  const mark = (
    <>
      <span className={classes.mark} aria-hidden>
        {site.name.charAt(0).toUpperCase()}
      </span>
      <span className={classes.siteName}>{site.name}</span>
    </>
  );
  if (sites.length === 1) return <div className={classes.site}>{mark}</div>;
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.site}>
          <VisuallyHidden>Change the site: </VisuallyHidden>
          {mark}
          <ChevronsUpDown size={14} strokeWidth={1.75} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {sites.map((other) => (
          <Menu.Item
            key={other.id}
            onClick={() => go(hrefOf('/', { site: other.id }))}
            rightSection={other.id === site.id ? <Check size={14} aria-label="shown now" /> : null}
          >
            <span className={classes.siteChoice}>
              {other.name}
              <span>{other.role}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Inconspicuous while the stream works; only a lost stream is coloured. */
function StreamStatus() {
  const { streamState } = useConsole();
  const label = streamState === 'live' ? 'Live' : streamState === 'lost' ? 'Not live' : '';
  return (
    <span
      className={classes.streamState}
      data-stream-state={streamState}
      role="status"
      title={streamState === 'lost' ? 'The live connection is down and is being tried again.' : undefined}
    >
      <span className={classes.dot} aria-hidden />
      {label}
    </span>
  );
}

function SchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = colorScheme === 'auto' ? Monitor : colorScheme === 'dark' ? Moon : Sun;
  const choices = [
    { value: 'light', label: 'Light', icon: Sun },
    { value: 'dark', label: 'Dark', icon: Moon },
    { value: 'auto', label: 'As the system', icon: Monitor },
  ] as const;
  return (
    <Menu position="top" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Light or dark">
          <Icon size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ value, label, icon: ItemIcon }) => (
          <Menu.Item
            key={value}
            leftSection={<ItemIcon size={15} strokeWidth={1.75} aria-hidden />}
            rightSection={colorScheme === value ? <Check size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountMenu() {
  const { site } = useConsole();
  const { moderator } = useSession();
  const { signOut } = useSessionContext();
  const [isAccountOpen, setAccountOpen] = useState(false);
  const [isPreferencesOpen, setPreferencesOpen] = useState(false);
  return (
    <>
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Account: ${moderator.name}`}>
            <UserRound size={16} strokeWidth={1.75} aria-hidden />
            {!moderator.hasPassword && <span className={classes.nudge} aria-hidden />}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {moderator.name}
            {moderator.email ? ` · ${moderator.email}` : ''}
          </Menu.Label>
          <Menu.Item
            leftSection={<UserRound size={15} strokeWidth={1.75} aria-hidden />}
            onClick={() => setAccountOpen(true)}
          >
            {moderator.hasPassword ? 'Your account' : 'Set up your account'}
          </Menu.Item>
          <Menu.Item
            leftSection={<ShieldCheck size={15} strokeWidth={1.75} aria-hidden />}
            onClick={() => go(hrefOf('/security', { site: site.id }))}
          >
            Sign-in and security
          </Menu.Item>
          <Menu.Item
            leftSection={<Coffee size={15} strokeWidth={1.75} aria-hidden />}
            onClick={() => setPreferencesOpen(true)}
          >
            How you work
          </Menu.Item>
          <Menu.Item
            leftSection={<LogOut size={15} strokeWidth={1.75} aria-hidden />}
            onClick={() => void signOut()}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PreferencesModal opened={isPreferencesOpen} onClose={() => setPreferencesOpen(false)} />
      <AccountModal opened={isAccountOpen} onClose={() => setAccountOpen(false)} />
    </>
  );
}

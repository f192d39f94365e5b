import { Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import type { Portfolio } from '../../kit/api-types.js';
import { Icon } from '../reading/icon.js';
import type { PortfolioHost, TopicName } from './portfolio-host.js';
import { TopicChips } from './topic-chips.js';

interface PortfoliosProps {
  host: PortfolioHost;
  portfolios: readonly Portfolio[];
  change: (update: (portfolios: Portfolio[]) => Portfolio[]) => void;
  open: (topic: TopicName) => void;
}

/** The reader's portfolios, and the one that sends notifications. Without any, explains how to start. */
export function Portfolios(props: PortfoliosProps) {
  const { host, portfolios } = props;
  const { t } = host;
  const own = portfolios.filter(({ alerts }) => !alerts);
  const alerts = portfolios.find((each) => each.alerts);
  return (
    <>
      <section>
        <h3>{t('portfolios')}</h3>
        {own.length === 0 && <p>{t('noPortfolios')}</p>}
        {own.map((portfolio) => (
          <PortfolioCard {...props} portfolio={portfolio} key={portfolio.id} />
        ))}
        <CreatePortfolioForm {...props} alerts={false} />
      </section>
      <section>
        <h3>{t('alerts')}</h3>
        {alerts ? (
          <>
            <p class="soft">{t('alertsLead')}</p>
            <PortfolioCard {...props} portfolio={alerts} />
          </>
        ) : (
          <>
            <p>{t('noAlerts')}</p>
            <CreatePortfolioForm {...props} alerts />
          </>
        )}
      </section>
    </>
  );
}

function PortfolioCard({ host, portfolio, change, open }: PortfoliosProps & { portfolio: Portfolio }) {
  const { api, t } = host;
  const [failed, setFailed] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const remove = (): void => {
    setFailed(false);
    api.request('DELETE', `/api/v1/me/portfolios/${portfolio.id}`).then(
      () => change((all) => all.filter(({ id }) => id !== portfolio.id)),
      () => setFailed(true),
    );
  };
  const label = t('deletePortfolio', { name: portfolio.name });
  return (
    <div class="one">
      <div class="title">
        <h4 dir="auto">{portfolio.name}</h4>
        <button
          class="tool"
          aria-label={label}
          title={label}
          aria-expanded={isConfirming}
          onClick={() => setConfirming(!isConfirming)}
        >
          <Icon node={Trash2} />
        </button>
      </div>
      {isConfirming && (
        <div class="choices">
          <button class="second" onClick={remove}>
            {label}
          </button>
          <button class="second" onClick={() => setConfirming(false)}>
            {t('keep')}
          </button>
        </div>
      )}
      {portfolio.topics.length > 0 ? (
        <TopicChips topics={portfolio.topics} open={open} />
      ) : (
        <p class="soft">{t('emptyPortfolio')}</p>
      )}
      {failed && (
        <p class="wrong" role="alert">
          {t('errorAct')}
        </p>
      )}
    </div>
  );
}

function CreatePortfolioForm({ host, change, alerts }: PortfoliosProps & { alerts: boolean }) {
  const { api, t } = host;
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [errorMessage, setErrorMessage] = useState('');
  const create = async (): Promise<void> => {
    setErrorMessage('');
    try {
      const body = { name: name.trim(), alerts };
      const created = await api.request<Portfolio>('POST', '/api/v1/me/portfolios', { body });
      change((all) => [...all, created]);
      setOpen(false);
      setName('');
    } catch (error) {
      setErrorMessage((error as Error).message || t('errorAct'));
    }
  };
  if (!open)
    return (
      <button class="second" onClick={() => setOpen(true)}>
        {t(alerts ? 'createAlerts' : 'createPortfolio')}
      </button>
    );
  return (
    <form
      class="find"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void create();
      }}
    >
      <label>
        <span>{t('portfolioName')}</span>
        <input
          value={name}
          maxLength={80}
          required
          dir="auto"
          ref={(input) => {
            if (input && !name) input.focus();
          }}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button class="main">{t('create')}</button>
      <button type="button" class="second" onClick={() => setOpen(false)}>
        {t('cancel')}
      </button>
      {errorMessage && (
        <p class="wrong" role="alert">
          {errorMessage}
        </p>
      )}
    </form>
  );
}

import { caller, type RunningServer } from './caller.js';
import { startProcess, until, type ProcessOptions, type RunningProcess } from './processes.js';
import { tempFolder } from './temp-folder.js';

export const PRODUCT_ADMIN_KEY = 'pbk_the-admin-key-of-a-product-under-test-x';
const PRODUCT_SECRET_KEY = 'the secret key of a product under test, long';

export interface Product {
  readonly process: RunningProcess;
  readonly url: string;
  readonly dataDir: string;
  readonly call: RunningServer['call'];
  /** The one-time console link that was printed at startup. */
  signInLink(): string;
}

export interface ProductOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string | null;
  readonly role?: 'all' | 'api' | 'worker';
  readonly demo?: boolean;
  readonly env?: Record<string, string>;
}

/** The environment for processes of one installation, which share a database. */
export function productEnv({
  databaseUrl,
  redisUrl = null,
  role = 'all',
  demo = false,
  env,
}: ProductOptions): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    SECRET_KEY: PRODUCT_SECRET_KEY,
    ADMIN_KEY: PRODUCT_ADMIN_KEY,
    ROLE: role,
    DEMO: String(demo),
    OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
    LOG_LEVEL: 'warn',
    ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
    ...env,
  };
}

/** Starts the built server in a separate process and waits until it is ready. */
export async function startProduct(options: ProductOptions, process: ProcessOptions = {}): Promise<Product> {
  const temp = options.env?.['DATA_DIR'] === undefined ? tempFolder() : null;
  const dataDir = temp?.path ?? options.env!['DATA_DIR'];
  const running = await startProcess({
    ...process,
    env: { DATA_DIR: dataDir, ...productEnv(options), ...process.env },
  });
  // The demo site and the links are created after the server is ready.
  await until(() => /Postbag (is ready|worker is running)/.test(running.output()), 120_000);
  if (temp) void running.ended.then(temp.remove);
  return {
    process: running,
    url: running.url,
    dataDir,
    call: caller(running.url),
    signInLink: () => {
      const link = /(https?:\/\/\S+\/console\/sign-in#\S+)/.exec(running.output())?.[1];
      if (link === undefined) throw new Error(`no sign-in link was printed:\n${running.output()}`);
      return link;
    },
  };
}

import { loadSettings, SettingsError, withPort } from './settings.js';

function problemsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  try {
    loadSettings(env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return Object.fromEntries(error.problems.map(({ setting, message }) => [setting, message]));
  }
  return {};
}

describe('settings', () => {
  it('have defaults for everything, suitable for a trial on one machine', () => {
    expect(loadSettings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      redisUrl: null,
      dataDir: `${process.cwd()}/.postbag`,
      isDataDirSet: false,
      drainSeconds: 5,
      role: 'all',
      adminKey: null,
      secretKey: null,
      outboundAllow: ['127.0.0.0/8', '::1/128'],
      trustProxy: null,
      smtpUrl: null,
      smtpAllowPlain: false,
      mailFrom: null,
      modelDir: null,
      oidc: null,
      modelTimeoutMs: 1_000,
      importMaxGrowth: 400,
      limits: true,
      logLevel: 'warn',
      demo: true,
    });
  });

  it('listen on all interfaces, allow no private addresses and disable the demo when DATABASE_URL is set', () => {
    const settings = loadSettings({ DATABASE_URL: 'postgres://u:p@db/postbag', SECRET_KEY: 'x'.repeat(32) });
    expect(settings).toMatchObject({ host: '0.0.0.0', demo: false, outboundAllow: [], logLevel: 'info' });
  });

  it('are all read from the environment', () => {
    const settings = loadSettings({
      PORT: '8080',
      HOST: '::1',
      PUBLIC_URL: 'https://comments.example/',
      DATABASE_URL: 'postgresql://u:p@db:5433/postbag?sslmode=require',
      REDIS_URL: 'rediss://a:6379, rediss://b:6379',
      DATA_DIR: '/var/lib/post bag',
      DRAIN_SECONDS: '12',
      ROLE: 'worker',
      ADMIN_KEY: 'pbk_0123456789',
      SECRET_KEY: 'correct horse battery staple',
      OUTBOUND_ALLOW: '10.0.0.0/8 fd00::/8, 192.168.1.7',
      TRUST_PROXY: '10.0.0.0/8, fd00::1',
      SMTP_URL: 'smtps://u:p@mail.example',
      SMTP_ALLOW_PLAIN: 'true',
      MAIL_FROM: 'The Paper <comments@paper.example>',
      MODEL_DIR: '/models/rude',
      OIDC_ISSUER: 'https://login.paper.example',
      OIDC_CLIENT_ID: 'postbag',
      OIDC_CLIENT_SECRET: 'a secret',
      MODEL_TIMEOUT_MS: '250',
      IMPORT_MAX_GROWTH: '50',
      LIMITS: 'off',
      LOG_LEVEL: 'debug',
      DEMO: 'true',
    });
    expect(settings).toEqual({
      port: 8080,
      host: '::1',
      publicUrl: 'https://comments.example',
      databaseUrl: 'postgresql://u:p@db:5433/postbag?sslmode=require',
      redisUrl: ['rediss://a:6379', 'rediss://b:6379'],
      dataDir: '/var/lib/post bag',
      isDataDirSet: true,
      drainSeconds: 12,
      role: 'worker',
      adminKey: 'pbk_0123456789',
      secretKey: 'correct horse battery staple',
      outboundAllow: ['10.0.0.0/8', 'fd00::/8', '192.168.1.7/32', '127.0.0.0/8', '::1/128'],
      trustProxy: ['10.0.0.0/8', 'fd00::1/128'],
      smtpUrl: 'smtps://u:p@mail.example',
      smtpAllowPlain: true,
      mailFrom: 'The Paper <comments@paper.example>',
      modelDir: '/models/rude',
      oidc: {
        issuer: 'https://login.paper.example',
        clientId: 'postbag',
        clientSecret: 'a secret',
        name: 'login.paper.example',
      },
      modelTimeoutMs: 250,
      importMaxGrowth: 50,
      limits: false,
      logLevel: 'debug',
      demo: true,
    });
  });

  it('treat an empty variable as unset', () => {
    expect(loadSettings({ PORT: '', REDIS_URL: ' ', DATABASE_URL: '', ROLE: '' })).toEqual(loadSettings({}));
  });

  it('refuse SMTP_URL without MAIL_FROM, or with a web URL', () => {
    expect(
      Object.keys(problemsOf({ SMTP_URL: 'https://mail.example', MAIL_FROM: 'a@paper.example' })),
    ).toEqual(['SMTP_URL']);
    expect(problemsOf({ SMTP_URL: 'smtp://mail.example' })).toEqual({
      MAIL_FROM: 'must be set when SMTP_URL is set: the address that emails are sent from',
    });
  });

  it('list all invalid variables in one error', () => {
    const env = {
      PORT: '70000',
      HOST: 'not a host',
      PUBLIC_URL: 'comments.example',
      DATABASE_URL: 'mysql://u:p@db/x',
      REDIS_URL: 'redis://a:6379,rediss://b:6379',
      DATA_DIR: 'a\0b',
      ROLE: 'reader',
      ADMIN_KEY: 'short',
      SECRET_KEY: 'short',
      OUTBOUND_ALLOW: '10.0.0.0/99',
      TRUST_PROXY: 'true',
      SMTP_URL: 'mail.example:587',
      MAIL_FROM: 'The Paper',
      LIMITS: 'no',
      LOG_LEVEL: 'loud',
      DEMO: '1',
    };
    expect(Object.keys(problemsOf(env)).sort()).toEqual(Object.keys(env).sort());
    expect(() => loadSettings(env)).toThrow(/16 settings are wrong:\n {2}PORT must be a port/);
  });

  it.each([
    ['PORT', '3000.5'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    // Browsers refuse these ports.
    ['PORT', '4190'],
    ['PORT', '6000'],
    ['PORT', '10080'],
    ['PUBLIC_URL', 'http://comments.example:6667'],
    ['PUBLIC_URL', 'https://comments.example/path'],
    ['PUBLIC_URL', 'ftp://comments.example'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', ','],
    ['OUTBOUND_ALLOW', 'localhost'],
    ['OUTBOUND_ALLOW', '10'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', '21'],
    ['TRUST_PROXY', '10.0.0.0/8, proxy.internal'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', ','],
    ['MAIL_FROM', 'a@paper.example, b@paper.example'],
    ['MAIL_FROM', 'The Paper <comments@paper.example> and more'],
    ['ADMIN_KEY', 'with a space in it'],
    ['LIMITS', 'OFF'],
  ])('refuse %s=%s', (name, value) => {
    expect(Object.keys(problemsOf({ [name]: value }))).toEqual([name]);
  });

  it('accept TRUST_PROXY as 0, as a number of proxies, or as address ranges', () => {
    const trusted = (TRUST_PROXY: string) => loadSettings({ TRUST_PROXY }).trustProxy;
    expect([trusted('0'), trusted('2'), trusted('10.0.0.0/8 fd00::/8')]).toEqual([
      null,
      2,
      ['10.0.0.0/8', 'fd00::/8'],
    ]);
  });

  it('require SECRET_KEY with DATABASE_URL', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://u:p@db/postbag' })).toEqual({
      SECRET_KEY: expect.stringContaining('must be set when DATABASE_URL is'),
    });
  });

  it('do not repeat possible secrets in errors', () => {
    const env = {
      DATABASE_URL: 'mysql://u:hunter22@db/x',
      REDIS_URL: 'http://:hunter22@a',
      ADMIN_KEY: 'hunter2',
      SECRET_KEY: 'hunter2',
    };
    expect(() => loadSettings(env)).toThrow(SettingsError);
    expect(() => loadSettings(env)).not.toThrow(/hunter/);
  });

  it('put the port that the system chose into the default public URL, but not into a configured one', () => {
    expect(withPort(loadSettings({ PORT: '0' }), 4711)).toMatchObject({
      port: 4711,
      publicUrl: 'http://localhost:4711',
    });
    const configured = loadSettings({ PORT: '0', PUBLIC_URL: 'https://comments.example' });
    expect(withPort(configured, 4711).publicUrl).toBe('https://comments.example');
  });
});

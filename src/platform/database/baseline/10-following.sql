-- Stories that readers follow.
CREATE TABLE followed_story (
  site_id uuid NOT NULL,
  story_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (site_id, story_id, reader_id),
  FOREIGN KEY (site_id, story_id) REFERENCES story (site_id, id) ON DELETE CASCADE,
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX followed_story_of_reader ON followed_story (site_id, reader_id, story_id);
SELECT isolate_by_site('followed_story');

-- Named sets of topics that a reader follows.
CREATE TABLE portfolio (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  reader_id uuid NOT NULL,
  name text NOT NULL,
  alerts boolean NOT NULL,                           -- whether the reader is notified of new stories and comments on its topics
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id) ON DELETE CASCADE
);
CREATE INDEX portfolio_of_reader ON portfolio (site_id, reader_id, id);
CREATE UNIQUE INDEX portfolio_one_alerts ON portfolio (site_id, reader_id) WHERE alerts;
SELECT isolate_by_site('portfolio');

-- The topics of a portfolio.
CREATE TABLE portfolio_topic (
  site_id uuid NOT NULL,
  portfolio_id uuid NOT NULL,
  type text NOT NULL,
  key text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (site_id, portfolio_id, type, key),
  FOREIGN KEY (site_id, type, key) REFERENCES topic (site_id, type, key) ON DELETE CASCADE,
  FOREIGN KEY (site_id, portfolio_id) REFERENCES portfolio (site_id, id) ON DELETE CASCADE
);
CREATE INDEX portfolio_topic_by_topic ON portfolio_topic (site_id, type, key);
SELECT isolate_by_site('portfolio_topic');

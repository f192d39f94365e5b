-- Readers' reactions to comments.
CREATE TABLE reaction (
  site_id uuid NOT NULL,
  comment_id uuid NOT NULL,
  reader_id uuid NOT NULL,
  kind text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (site_id, comment_id, reader_id, kind),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE
);
SELECT isolate_by_site('reaction');

-- Reports of comments by readers and visitors.
CREATE TABLE flag (
  site_id uuid NOT NULL,
  id uuid NOT NULL,
  comment_id uuid NOT NULL,
  reader_id uuid,
  reason text NOT NULL,
  detail text,
  created_at timestamptz NOT NULL,
  closed_at timestamptz,                             -- when a decision resolved it
  closed_by uuid,                                    -- that decision; undoing it reopens the flag
  visitor text,                                      -- keyed hash of the visitor's network and browser; null for a reader's flag
  PRIMARY KEY (site_id, id),
  UNIQUE (site_id, comment_id, reader_id),
  FOREIGN KEY (site_id, reader_id) REFERENCES reader (site_id, id),
  FOREIGN KEY (site_id, comment_id) REFERENCES comment (site_id, id) ON DELETE CASCADE,
  CONSTRAINT flag_has_one_flagger CHECK (num_nonnulls(reader_id, visitor) = 1)
);
CREATE UNIQUE INDEX flag_of_visitor ON flag (site_id, comment_id, visitor) WHERE visitor IS NOT NULL;
SELECT isolate_by_site('flag');

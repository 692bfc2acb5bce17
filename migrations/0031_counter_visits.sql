-- Visits at counters are called back too: those of the last days are looked for every hour.
CREATE INDEX visits_not_at_home ON visits (day) WHERE place <> 'home';

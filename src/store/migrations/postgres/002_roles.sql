-- What users may do is what their roles may: a user of the database is given one of these, or two.
--   postfordeler_reader  sees everything and changes nothing
--   postfordeler_editor  edits and publishes
--   postfordeler_router  takes messages in
-- Roles belong to all databases of a server. Who may not make them has them made by others, and then calls grant_roles().

CREATE FUNCTION grant_roles() RETURNS void LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['postfordeler_reader', 'postfordeler_editor', 'postfordeler_router'] LOOP
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema, role);
            EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema, role);
        END IF;
    END LOOP;
    -- What digests are made with is no reader's: with it, contact points could be guessed.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'postfordeler_reader') THEN
        REVOKE SELECT ON digest_key FROM postfordeler_reader;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'postfordeler_editor') THEN
        REVOKE SELECT ON digest_key FROM postfordeler_editor;
        GRANT INSERT ON publications, reviews TO postfordeler_editor;
        GRANT UPDATE ON draft, kle_plan, turn_to_write TO postfordeler_editor;
        -- To confirm that the clock is right.
        GRANT UPDATE (clock_seen, clock_leeway, clock_doubted, aged_anew_at, aged_anew_to) ON router_state
            TO postfordeler_editor;
        GRANT INSERT, UPDATE, DELETE ON settings, service_windows, api_key_uses TO postfordeler_editor;
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO postfordeler_editor', current_schema);
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'postfordeler_router') THEN
        GRANT INSERT ON digest_key TO postfordeler_router;
        GRANT UPDATE ON turn_to_write TO postfordeler_router;
        GRANT UPDATE ON router_state TO postfordeler_router;
        GRANT DELETE ON service_windows TO postfordeler_router;
        GRANT INSERT, UPDATE, DELETE ON journal, claims, hits, hours, past_hours, standings, routers, router_spans,
            api_key_uses TO postfordeler_router;
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO postfordeler_router', current_schema);
    END IF;
END $$;

DO $$
DECLARE
    role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['postfordeler_reader', 'postfordeler_editor', 'postfordeler_router'] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', role);
            END IF;
        EXCEPTION
            -- Another database of the server has made it meanwhile, or this user may make none.
            WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
        END;
    END LOOP;
    PERFORM grant_roles();
END $$;

-- What a router has done since it began, for the calls that it ended.
ALTER TABLE routers ADD COLUMN accepted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE routers ADD COLUMN not_accepted BIGINT NOT NULL DEFAULT 0;
-- How often it has said that it runs. A router that finds fewer than it had confirmed knows that the database has lost commits.
ALTER TABLE routers ADD COLUMN heartbeats BIGINT NOT NULL DEFAULT 0;

-- Whoever listens is told at once of what people see in each other's windows, and routers follow.
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('postfordeler', TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE TRIGGER publications_are_told AFTER INSERT ON publications FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER drafts_are_told AFTER UPDATE ON draft FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER kle_plans_are_told AFTER UPDATE ON kle_plan FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER settings_are_told AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH STATEMENT EXECUTE FUNCTION tell();

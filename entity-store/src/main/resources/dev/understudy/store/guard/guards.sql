CREATE SCHEMA IF NOT EXISTS understudy;

CREATE TABLE IF NOT EXISTS understudy.guarded_type (
    full_name text COLLATE "C" PRIMARY KEY,
    table_schema name NOT NULL,
    table_name name NOT NULL,
    key_column name NOT NULL,
    key_type text NOT NULL CHECK (key_type IN ('uuid', 'text', 'bigint')));

-- Puts a placeholder wherever an entity has no row, in the order in which every writer takes locks.
-- Runs as its owner, so that a writer needs no right on the entities' tables; what it can do for
-- its caller is to insert placeholders of known types, and nothing else.
CREATE OR REPLACE FUNCTION understudy.place(entity_type text, keys text[], on_deleted text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $place$
DECLARE
    target understudy.guarded_type;
    deleted text;
BEGIN
    SELECT * INTO target FROM understudy.guarded_type t WHERE t.full_name = entity_type;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'understudy knows no entity type "%"', entity_type
            USING ERRCODE = 'undefined_object';
    END IF;
    IF on_deleted = 'keep' THEN
        -- A deferred foreign key looks only at the commit: until then no purge takes the marker.
        EXECUTE format(
            'SELECT FROM %1$I.%2$I WHERE %3$I = ANY ($1::%4$s[]) AND "_state" = ''d''
             ORDER BY %3$I FOR KEY SHARE',
            target.table_schema, target.table_name, target.key_column, target.key_type)
            USING keys;
    END IF;
    EXECUTE format(
        'INSERT INTO %1$I.%2$I (%3$I, "_state", "_version", "_placed_at", "_changed_at")
         SELECT k::%4$s, ''p'', 0, now(), now() FROM (SELECT DISTINCT k FROM unnest($1) k) d
         WHERE NOT EXISTS (SELECT FROM %1$I.%2$I t WHERE t.%3$I = k::%4$s)
         ORDER BY (k COLLATE "C")::%4$s ON CONFLICT (%3$I) DO NOTHING',
        target.table_schema, target.table_name, target.key_column, target.key_type)
        USING keys;
    IF on_deleted = 'keep' THEN
        RETURN;
    END IF;
    EXECUTE format(
        'SELECT %3$I::text FROM %1$I.%2$I
         WHERE %3$I = ANY ($1::%4$s[]) AND "_state" = ''d'' LIMIT 1',
        target.table_schema, target.table_name, target.key_column, target.key_type)
        INTO deleted USING keys;
    IF deleted IS NOT NULL THEN
        RAISE EXCEPTION '% % is deleted', entity_type, deleted
            USING ERRCODE = 'foreign_key_violation',
                HINT = 'Refer to another, or guard the column with on_deleted => ''keep''.';
    END IF;
END
$place$;

-- Whose casts run with the rights of the functions below: only PostgreSQL's own types.
CREATE OR REPLACE FUNCTION understudy.is_plain(guarded oid, reference text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $plain$
    SELECT EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = guarded AND a.attname = reference
            AND NOT a.attisdropped
            AND a.atttypid IN ('uuid'::regtype, 'text'::regtype, 'varchar'::regtype,
                'bigint'::regtype, 'integer'::regtype))
$plain$;

-- Before each row: works with every foreign key.
CREATE OR REPLACE FUNCTION understudy.place_of_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $row$
DECLARE
    wanted text;
    present text;
BEGIN
    IF NOT understudy.is_plain(TG_RELID, TG_ARGV[0]) THEN
        RAISE EXCEPTION '% of % is no column that holds keys', TG_ARGV[0], TG_RELID::regclass
            USING ERRCODE = 'datatype_mismatch';
    END IF;
    EXECUTE format('SELECT ($1).%I::text', TG_ARGV[0]) INTO wanted USING NEW;
    -- For triggers that an earlier version made.
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT ($1).%I::text', TG_ARGV[0]) INTO present USING OLD;
    END IF;
    IF wanted IS NOT NULL AND wanted IS DISTINCT FROM present THEN
        PERFORM understudy.place(TG_ARGV[1], ARRAY[wanted], TG_ARGV[2]);
    END IF;
    RETURN NEW;
END
$row$;

-- After each statement, all its rows at once and sorted: for a deferred foreign key only, because
-- another has been checked by then.
CREATE OR REPLACE FUNCTION understudy.place_of_statement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $statement$
DECLARE
    wanted text[];
BEGIN
    IF NOT understudy.is_plain(TG_RELID, TG_ARGV[0]) THEN
        RAISE EXCEPTION '% of % is no column that holds keys', TG_ARGV[0], TG_RELID::regclass
            USING ERRCODE = 'datatype_mismatch';
    END IF;
    EXECUTE format(
        CASE TG_OP
            WHEN 'INSERT' THEN
                'SELECT array_agg(DISTINCT n.%1$I::text) FROM new_rows n WHERE n.%1$I IS NOT NULL'
            ELSE
                'SELECT array_agg(DISTINCT n.%1$I::text) FROM new_rows n WHERE n.%1$I IS NOT NULL
                 AND NOT EXISTS (SELECT FROM old_rows o WHERE o.%1$I = n.%1$I)'
        END,
        TG_ARGV[0]) INTO wanted;
    IF wanted IS NOT NULL THEN
        PERFORM understudy.place(TG_ARGV[1], wanted, TG_ARGV[2]);
    END IF;
    RETURN NULL;
END
$statement$;

-- Runs as its caller, who must own the table.
CREATE OR REPLACE FUNCTION understudy.unguard(guarded regclass, reference name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $unguard$
DECLARE
    made text;
BEGIN
    FOR made IN
        SELECT tgname FROM pg_trigger
        WHERE tgrelid = guarded AND NOT tgisinternal
            AND tgfoid IN ('understudy.place_of_row'::regproc,
                'understudy.place_of_statement'::regproc)
            AND convert_from(decode(split_part(encode(tgargs, 'escape'), '\000', 1), 'escape'),
                getdatabaseencoding()) = reference
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', made, guarded);
    END LOOP;
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I',
        guarded, left('zz_understudy_' || reference, 63));
END
$unguard$;

-- Runs as its caller, who must own the table, and refer to the entities' for the foreign key.
CREATE OR REPLACE FUNCTION understudy.guard(
    guarded regclass, reference name, entity_type text,
    each text DEFAULT 'row', foreign_key boolean DEFAULT true, on_deleted text DEFAULT 'refuse')
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $guard$
DECLARE
    target understudy.guarded_type;
    -- Triggers have an i or a u more, and are the last in the alphabet: they see what others made of the row.
    made name := left('zz_understudy_' || reference, 63);
    keys text[];
BEGIN
    SELECT * INTO target FROM understudy.guarded_type t WHERE t.full_name = entity_type;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'understudy knows no entity type "%"', entity_type
            USING ERRCODE = 'undefined_object',
                HINT = 'The types are in understudy.guarded_type.';
    ELSIF each NOT IN ('row', 'statement') OR on_deleted NOT IN ('refuse', 'keep') THEN
        RAISE EXCEPTION 'each is ''row'' or ''statement'', on_deleted ''refuse'' or ''keep'''
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF NOT understudy.is_plain(guarded, reference) THEN
        RAISE EXCEPTION '% has no column "%" that could hold keys', guarded, reference
            USING ERRCODE = 'datatype_mismatch',
                HINT = format('The key of %s is %s.', entity_type, target.key_type);
    END IF;
    PERFORM understudy.unguard(guarded, reference);
    IF each = 'row' THEN
        -- Looks at what other triggers made of the row: UPDATE OF would go by the statement's text.
        EXECUTE format(
            'CREATE TRIGGER %I BEFORE INSERT ON %s
             FOR EACH ROW EXECUTE FUNCTION understudy.place_of_row(%L, %L, %L)',
            left('zz_understudy_i_' || reference, 63), guarded, reference, entity_type, on_deleted);
        EXECUTE format(
            'CREATE TRIGGER %I BEFORE UPDATE ON %s
             FOR EACH ROW WHEN (OLD.%I IS DISTINCT FROM NEW.%I)
             EXECUTE FUNCTION understudy.place_of_row(%L, %L, %L)',
            left('zz_understudy_u_' || reference, 63), guarded, reference, reference,
            reference, entity_type, on_deleted);
    ELSE
        EXECUTE format(
            'CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
             FOR EACH STATEMENT EXECUTE FUNCTION understudy.place_of_statement(%L, %L, %L)',
            left('zz_understudy_i_' || reference, 63), guarded, reference, entity_type, on_deleted);
        EXECUTE format(
            'CREATE TRIGGER %I AFTER UPDATE ON %s
             REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
             FOR EACH STATEMENT EXECUTE FUNCTION understudy.place_of_statement(%L, %L, %L)',
            left('zz_understudy_u_' || reference, 63), guarded, reference, entity_type, on_deleted);
    END IF;
    -- What the table holds already, which may be deleted by now.
    FOR keys IN EXECUTE format(
        'SELECT array_agg(k) FROM (
             SELECT k, row_number() OVER (ORDER BY (k COLLATE "C")::%3$s) / 10000 AS batch
             FROM (SELECT DISTINCT %1$I::text AS k FROM %2$s WHERE %1$I IS NOT NULL) d) b
         GROUP BY batch ORDER BY batch', reference, guarded, target.key_type)
    LOOP
        PERFORM understudy.place(entity_type, keys, 'keep');
    END LOOP;
    IF foreign_key THEN
        EXECUTE format(
            'ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES %I.%I (%I)
             DEFERRABLE INITIALLY %s',
            guarded, made, reference, target.table_schema, target.table_name, target.key_column,
            CASE each WHEN 'row' THEN 'IMMEDIATE' ELSE 'DEFERRED' END);
    END IF;
END
$guard$;

REVOKE EXECUTE ON FUNCTION understudy.place(text, text[], text) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION understudy.place_of_row() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION understudy.place_of_statement() FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION understudy.unguard(regclass, name) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION understudy.guard(regclass, name, text, text, boolean, text) FROM PUBLIC;

-- One grant for those who may guard their own tables. Writers of a guarded table need none.
CREATE OR REPLACE PROCEDURE understudy.let_guard(who regrole)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $let$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA understudy TO %s', who);
    EXECUTE format('GRANT SELECT ON understudy.guarded_type TO %s', who);
    EXECUTE format('GRANT EXECUTE ON FUNCTION understudy.place(text, text[], text),
        understudy.place_of_row(), understudy.place_of_statement(),
        understudy.unguard(regclass, name),
        understudy.guard(regclass, name, text, text, boolean, text) TO %s', who);
END
$let$;
REVOKE EXECUTE ON PROCEDURE understudy.let_guard(regrole) FROM PUBLIC;

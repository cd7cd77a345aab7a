DO $removal$
DECLARE
    attached record;
    guardian name;
BEGIN
    -- A partition's triggers go with those of its whole.
    FOR attached IN
        SELECT DISTINCT tgrelid::regclass AS guarded,
            convert_from(decode(split_part(encode(tgargs, 'escape'), '\000', 1), 'escape'),
                getdatabaseencoding()) AS reference
        FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0
            AND tgfoid IN (to_regproc('understudy.place_of_row'),
                to_regproc('understudy.place_of_statement'))
    LOOP
        PERFORM understudy.unguard(attached.guarded, attached.reference::name);
    END LOOP;
    -- What let_guard gave does not all go with the functions. Who may use more of the schema keeps it.
    FOR guardian IN
        SELECT DISTINCT r.rolname
        FROM pg_proc p CROSS JOIN aclexplode(p.proacl) a JOIN pg_roles r ON r.oid = a.grantee
        WHERE p.oid = to_regprocedure(
                'understudy.guard(regclass, name, text, text, boolean, text)')
            AND a.grantee <> p.proowner
            AND NOT EXISTS (
                SELECT FROM pg_class c CROSS JOIN aclexplode(c.relacl) other
                WHERE c.relnamespace = p.pronamespace AND c.relname <> 'guarded_type'
                    AND other.grantee = a.grantee)
    LOOP
        EXECUTE format('REVOKE USAGE ON SCHEMA understudy FROM %I', guardian);
    END LOOP;
END
$removal$;
DROP PROCEDURE IF EXISTS understudy.let_guard(regrole);
DROP FUNCTION IF EXISTS understudy.guard(regclass, name, text, text, boolean, text),
    understudy.unguard(regclass, name), understudy.place_of_statement(),
    understudy.place_of_row(), understudy.is_plain(oid, text),
    understudy.place(text, text[], text);
DROP TABLE IF EXISTS understudy.guarded_type;

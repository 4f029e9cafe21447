use tokio_postgres::Client;

use super::error::PostgresError;
use super::flaw::ServerFlaw;

/// The oldest release that is known to do, as PostgreSQL numbers them.
const OLDEST: i64 = 150_000;

/// Makes sure that what the server says it has committed survives its crash. Asked of each connection: the settings may have
/// changed, and another server may have taken its place.
pub(super) async fn look_over(client: &Client) -> Result<(), PostgresError> {
    let settings = "SELECT current_setting('server_version_num')::bigint, current_setting('synchronous_commit'),
                           current_setting('fsync'), current_setting('synchronous_standby_names') <> ''";
    let settings = client.query_one(settings, &[]).await?;
    let (version, commits, flushes): (i64, &str, &str) =
        (settings.try_get(0)?, settings.try_get(1)?, settings.try_get(2)?);
    let has_standby: bool = settings.try_get(3)?;
    let flaw = match (commits, flushes) {
        _ if version < OLDEST => ServerFlaw::TooOld,
        ("off", _) => ServerFlaw::LateCommits,
        (_, "off") => ServerFlaw::NoFlushes,
        ("local", _) if has_standby => ServerFlaw::LocalCommits,
        _ => return Ok(()),
    };
    Err(flaw.into())
}

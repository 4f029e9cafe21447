use std::path::PathBuf;

use clap::Args;

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::terminal::print_line;
use crate::store::{Address, DataPlace, Store};

#[derive(Debug, Args)]
pub(in crate::command) struct Move {
    /// Where everything is: a data directory, or a database on a server as postgresql://user@host/name
    #[arg(long, value_name = "DIR or URL")]
    from: String,
    /// Where everything is to be, and nothing is yet: the other of the two
    #[arg(long, value_name = "DIR or URL")]
    to: String,
}

impl Move {
    pub fn run(self) -> Result<Conclusion, Failure> {
        let (from, to) = match (server(&self.from)?, server(&self.to)?) {
            (None, Some(server)) => {
                let directory = PathBuf::from(&self.from);
                (DataPlace::from(directory.clone()), DataPlace { directory, server: Some(server) })
            }
            (Some(server), None) => {
                let directory = PathBuf::from(&self.to);
                (DataPlace { directory: directory.clone(), server: Some(server) }, DataPlace::from(directory))
            }
            (None, None) => {
                return Err("from one data directory to another, use 'postfordeler backup' and 'restore'".into());
            }
            (Some(_), Some(_)) => {
                return Err("from one server to another, use its own tools: pg_dump and pg_restore".into());
            }
        };
        if from.server.is_none() && !Store::is_in(&from.directory) {
            return Err(format!(
                "there is no database in {}; name the data directory to move",
                from.directory.display()
            )
            .into());
        }
        let (from, to) = (from.open()?, to.open()?);
        let carried = from.carry_over_to(&to).map_err(|error| error.to_string())?;
        print_line(format_args!(
            "Moved {} publications and {} rows of the journal to {}; the digest of all of it is {} on both sides",
            carried.publications, carried.rows, self.to, carried.digest
        ));
        print_line(format_args!(
            "What was moved is still in {} as it was: run nothing on it any more, and delete it once all is well",
            self.from
        ));
        Ok(Conclusion::Done)
    }
}

/// The server, if it names one.
fn server(named: &str) -> Result<Option<Address>, Failure> {
    if !named.contains("://") {
        return Ok(None);
    }
    named.parse().map(Some).map_err(|error: crate::store::AddressError| error.to_string().into())
}

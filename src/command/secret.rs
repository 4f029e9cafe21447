use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use zeroize::Zeroizing;

use super::{Conclusion, Failure, NOTHING_PUBLISHED, open_store, tell};
use crate::rules::{Cvr, FagsystemId};
use crate::secrets::{Home, Secret as Value, SecretKind, SecretName, Secrets};

#[derive(Debug, Args)]
pub(super) struct Secret {
    #[command(subcommand)]
    deed: Deed,
    /// A file to keep them in, which nobody else may read or write; made when absent [default: the system's keyring]
    #[arg(long, value_name = "FILE", global = true)]
    secrets: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Keep a header's value, read from standard input, or a client certificate
    Set {
        #[command(flatten)]
        of: Of,
        /// A PEM file with the client certificate, its private key and the issuers in between
        #[arg(long, value_name = "FILE.pem")]
        file: Option<PathBuf>,
    },
    /// List what the published fagsystems want, and whether it is kept; never a secret itself
    List,
    /// Remove what is kept for a fagsystem
    Remove {
        #[command(flatten)]
        of: Of,
    },
}

/// Whose secret it is.
#[derive(Debug, Args)]
struct Of {
    /// The authority's CVR number
    cvr: Cvr,
    /// The fagsystem's id
    #[arg(value_parser = |text: &str| FagsystemId::new(text).ok_or("a fagsystem's id is not empty"))]
    fagsystem: FagsystemId,
}

impl Of {
    fn name(&self, kind: SecretKind) -> SecretName {
        SecretName { authority: self.cvr, fagsystem: self.fagsystem.clone(), kind }
    }
}

impl Secret {
    pub fn run(self, data: &Path) -> Result<Conclusion, Failure> {
        let store = open_store(data)?;
        let secrets = Secrets::at(Home::of(self.secrets.or(store.settings()?.secrets)));
        let home = secrets.home().words();
        match self.deed {
            Deed::Set { of, file } => {
                let kind = if file.is_some() { SecretKind::ClientCertificate } else { SecretKind::HeaderValue };
                let text = read(file.as_deref())?;
                let value = Value::new(kind, &text).map_err(|why| format!("nothing was kept: {why}"))?;
                secrets.keep(&of.name(kind), &value)?;
                tell(format_args!("The {kind} for '{}' of {} is kept in {home}", of.fagsystem, of.cvr));
                Ok(Conclusion::Done)
            }
            Deed::List => {
                let book = store.newest_publication()?.ok_or(NOTHING_PUBLISHED)?.book;
                let fagsystems = book.authorities.iter().flat_map(|it| it.fagsystems.iter().map(|each| (it.cvr, each)));
                let wanted = fagsystems.filter_map(|(cvr, it)| SecretName::wanted(cvr, &it.id, &it.access));
                for name in wanted {
                    let state = if secrets.has(&name)? { "kept" } else { "missing" };
                    tell(format_args!("{} {}: {} {state}", name.authority, name.fagsystem, name.kind));
                }
                Ok(Conclusion::Done)
            }
            Deed::Remove { of } => {
                let mut is_gone = false;
                for kind in [SecretKind::HeaderValue, SecretKind::ClientCertificate] {
                    if secrets.remove(&of.name(kind))? {
                        tell(format_args!("The {kind} for '{}' of {} is removed", of.fagsystem, of.cvr));
                        is_gone = true;
                    }
                }
                if !is_gone {
                    eprintln!("nothing is kept in {home} for '{}' of {}", of.fagsystem, of.cvr);
                }
                Ok(if is_gone { Conclusion::Done } else { Conclusion::No })
            }
        }
    }
}

/// What stands in the file, or on standard input.
fn read(file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    match file {
        None => io::stdin().read_to_string(&mut text).map(|_| ()).map_err(|_| "standard input is no text")?,
        Some(path) => {
            let failed = |error| format!("cannot read {}: {error}; name a PEM file", path.display());
            text = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
        }
    }
    Ok(text)
}

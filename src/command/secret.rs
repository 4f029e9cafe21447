use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use zeroize::Zeroizing;

use super::{Conclusion, Failure, NOTHING_PUBLISHED, complain, open_store, tell};
use crate::rules::{Cvr, FagsystemId};
use crate::secrets::{Home, Secret as Value, SecretKind, SecretName, Secrets, Unfit, is_pkcs12};
use crate::store::{Guard, StoreError};

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
        /// A PEM or PKCS#12 file with the client certificate, its private key and the issuers in between; the password
        /// of a PKCS#12 file is read from standard input
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// List what the published business systems want, and whether it is kept; never a secret itself
    List,
    /// Remove what is kept for a business system
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
    /// The business system's id
    #[arg(value_parser = |text: &str| FagsystemId::new(text).ok_or("a business system's id is not empty"))]
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
        let settings = store.settings()?;
        if self.secrets.is_none() && settings.damaged.contains(Guard::Secrets) {
            return Err(StoreError::Guards(settings.damaged).into());
        }
        let secrets = Secrets::at(Home::of(self.secrets.or(settings.secrets)));
        let home = secrets.home().words();
        match self.deed {
            Deed::Set { of, file } => {
                let (kind, value) = match file {
                    None => (SecretKind::HeaderValue, Value::new(SecretKind::HeaderValue, &standard_input()?)),
                    Some(path) => (SecretKind::ClientCertificate, certificate(&path)?),
                };
                let value = value.map_err(|why| format!("nothing was kept: {why}"))?;
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
                    complain(format_args!("nothing is kept in {home} for '{}' of {}", of.fagsystem, of.cvr));
                }
                Ok(if is_gone { Conclusion::Done } else { Conclusion::No })
            }
        }
    }
}

fn certificate(path: &Path) -> Result<Result<Value, Unfit>, Failure> {
    let failed = |error| format!("cannot read {}: {error}; name a PEM or PKCS#12 file", path.display());
    let bytes = fs::read(path).map(Zeroizing::new).map_err(failed)?;
    let password = if is_pkcs12(&bytes) { standard_input()? } else { Zeroizing::default() };
    Ok(Value::certificate(&bytes, password.trim_end_matches(['\r', '\n'])))
}

fn standard_input() -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    io::stdin().read_to_string(&mut text).map_err(|_| "standard input is no text")?;
    Ok(text)
}

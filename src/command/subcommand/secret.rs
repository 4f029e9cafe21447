use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::clock;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{NOTHING_PUBLISHED, open_store};
use crate::command::terminal::{eprint_line, print_line};
use crate::rules::{Access, Cvr, Fagsystem, FagsystemId, RuleBook};
use crate::secrets::{
    CertificateFacts, InvalidSecret, Secret, SecretKind, SecretName, Secrets, SecretsLocation, is_pkcs12,
    keep_database_password, remove_database_password,
};
use crate::store::{DataPlace, Guard, Store, StoreError};

#[derive(Debug, Args)]
pub(in crate::command) struct SecretArgs {
    #[command(subcommand)]
    action: Action,
    /// A file to keep them in, which nobody else may read or write; made when absent [default: the system's keyring]
    #[arg(long, value_name = "FILE", global = true)]
    secrets: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    #[command(flatten)]
    OfFagsystem(FagsystemAction),
    /// Keep the password of the database that --database names, read from standard input, in the system's keyring
    Database {
        /// Remove it instead
        #[arg(long)]
        remove: bool,
    },
}

#[derive(Debug, Subcommand)]
enum FagsystemAction {
    /// Keep a header's value, read from standard input, or a client certificate
    Set {
        #[command(flatten)]
        of: Of,
        /// A PEM or PKCS#12 file with the client certificate, its private key and the issuers in between; the password
        /// of a PKCS#12 file is read from standard input
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// List what the published business systems want, whether it is kept, and until when a certificate counts; never a secret
    /// itself
    List,
    /// Remove what is kept for a business system
    Remove {
        #[command(flatten)]
        of: Of,
    },
}

/// The fagsystem that a secret belongs to.
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

impl SecretArgs {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        match self.action {
            Action::OfFagsystem(action) => action.run(data, self.secrets),
            Action::Database { remove } => database_secret(data, remove),
        }
    }
}

impl FagsystemAction {
    fn run(self, data: &DataPlace, kept_in: Option<PathBuf>) -> Result<Conclusion, Failure> {
        let store = open_store(data)?;
        let settings = store.settings()?;
        if kept_in.is_none() && settings.damaged.contains(Guard::Secrets) {
            return Err(StoreError::Guards(settings.damaged).into());
        }
        let secrets = Secrets::at(SecretsLocation::of(kept_in.or(settings.secrets)));
        let home = secrets.location().words();
        match self {
            Self::Set { of, file } => {
                let kind = if file.is_some() { SecretKind::ClientCertificate } else { SecretKind::HeaderValue };
                let is_known = check_wanted(&store, &of, kind)?;
                let value = match file {
                    None => Secret::new(kind, &standard_input()?),
                    Some(path) => certificate(&path)?,
                };
                let value = value.map_err(|why| format!("nothing was kept: {why}"))?;
                secrets.keep(&of.name(kind), &value)?;
                print_line(format_args!(
                    "The {kind} for '{}' of {} is kept in {home}{}",
                    of.fagsystem,
                    of.cvr,
                    facts(&value)
                ));
                if !is_known {
                    print_line(format_args!("Nothing is published yet, so that nobody can say whether it wants that"));
                }
                Ok(Conclusion::Done)
            }
            Self::List => {
                let book = store.newest_publication()?.ok_or(NOTHING_PUBLISHED)?.book;
                let fagsystems = book.authorities.iter().flat_map(|it| it.fagsystems.iter().map(|each| (it.cvr, each)));
                let wanted = fagsystems.filter_map(|(cvr, it)| SecretName::wanted(cvr, &it.id, &it.access));
                for name in wanted {
                    let state = match secrets.kept(&name)? {
                        None => "missing".to_owned(),
                        Some(Ok(value)) => format!("kept{}", facts(&value)),
                        Some(Err(why)) => format!("kept, and cannot be used: {why}; set it anew"),
                    };
                    print_line(format_args!("{} {}: {} {state}", name.authority, name.fagsystem, name.kind));
                }
                Ok(Conclusion::Done)
            }
            Self::Remove { of } => {
                let mut is_gone = false;
                for kind in [SecretKind::HeaderValue, SecretKind::ClientCertificate] {
                    if secrets.remove(&of.name(kind))? {
                        print_line(format_args!("The {kind} for '{}' of {} is removed", of.fagsystem, of.cvr));
                        is_gone = true;
                    }
                }
                if !is_gone {
                    eprint_line(format_args!("nothing is kept in {home} for '{}' of {}", of.fagsystem, of.cvr));
                }
                Ok(if is_gone { Conclusion::Done } else { Conclusion::No })
            }
        }
    }
}

/// Keeps or removes the password of the database that is named.
fn database_secret(data: &DataPlace, remove: bool) -> Result<Conclusion, Failure> {
    let address = data.server.as_ref().ok_or("name the database: --database postgresql://user@host/name")?.to_string();
    if remove {
        let is_gone = remove_database_password(&address)?;
        if is_gone {
            print_line(format_args!("The password for {address} is removed from the system's keyring"));
        } else {
            eprint_line(format_args!("the system's keyring has no password for {address}"));
        }
        return Ok(if is_gone { Conclusion::Done } else { Conclusion::No });
    }
    let password = standard_input()?;
    let password = password.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err("nothing was kept: standard input is empty".into());
    }
    keep_database_password(&address, password)?;
    print_line(format_args!("The password for {address} is kept in the system's keyring"));
    Ok(Conclusion::Done)
}

/// What may be printed of a secret: a certificate's subject, issuer and validity; of a header's value nothing.
fn facts(value: &Secret) -> String {
    let Some(CertificateFacts { subject, issuer, validity }) = value.certificate_facts() else { return String::new() };
    let (from, until) = (clock::day_of(validity.from), clock::day_of(validity.until));
    let now = Timestamp::now();
    let when = if validity.until <= now {
        format!("EXPIRED, it was valid until {until}")
    } else if now < validity.from {
        format!("NOT VALID before {from}, and until {until}")
    } else {
        format!("valid until {until}")
    };
    format!(": {when}; of {subject}, issued by {issuer}")
}

/// Checks that a fagsystem with that id exists and needs that kind of secret, in the publication or in the draft, which may
/// be published next. `false` if there is neither.
fn check_wanted(store: &Store, of: &Of, kind: SecretKind) -> Result<bool, Failure> {
    let published = store.newest_publication()?.map(|publication| publication.book);
    let books: Vec<Arc<RuleBook>> = published.into_iter().chain(store.draft()?.book).collect();
    if books.is_empty() {
        return Ok(false);
    }
    let known: Vec<&Fagsystem> =
        books.iter().filter_map(|book| book.authority(of.cvr)?.fagsystem(&of.fagsystem)).collect();
    let (Some(first), id) = (known.first(), &of.fagsystem) else {
        return Err(format!("nothing was kept: {}", unknown(&books, of)).into());
    };
    let wants = |it: &&Fagsystem| SecretName::wanted(of.cvr, id, &it.access).is_some_and(|name| name.kind == kind);
    if known.iter().any(wants) {
        return Ok(true);
    }
    let why = match &first.access {
        Access::Open => "wants no secret; say by 'adgang' in the configuration how it knows the router".to_owned(),
        Access::Header { name } => {
            format!("wants the value of the header {name}; give that on standard input, without --file")
        }
        Access::ClientCertificate => "wants a client certificate; name its file with --file".to_owned(),
    };
    Err(format!("nothing was kept: the business system '{id}' of {} {why}", of.cvr).into())
}

/// An error message for an unknown authority or fagsystem.
fn unknown(books: &[Arc<RuleBook>], of: &Of) -> String {
    let Of { cvr, fagsystem } = of;
    let Some(authority) = books.iter().find_map(|book| book.authority(*cvr)) else {
        let known: BTreeSet<_> =
            books.iter().flat_map(|book| &book.authorities).map(|authority| authority.cvr.to_string()).collect();
        let known: Vec<_> = known.into_iter().collect();
        return format!("the configuration has no authority {cvr}; it has {}", known.join(", "));
    };
    let known: Vec<_> = authority.fagsystems.iter().map(|it| format!("'{}'", it.id)).collect();
    format!("{cvr} has no business system '{fagsystem}'; it has {}", known.join(", "))
}

fn certificate(path: &Path) -> Result<Result<Secret, InvalidSecret>, Failure> {
    let failed = |error| format!("cannot read {}: {error}; name a PEM or PKCS#12 file", path.display());
    let bytes = fs::read(path).map(Zeroizing::new).map_err(failed)?;
    let password = if is_pkcs12(&bytes) { standard_input()? } else { Zeroizing::default() };
    Ok(Secret::certificate(&bytes, password.trim_end_matches(['\r', '\n'])))
}

fn standard_input() -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    io::stdin().read_to_string(&mut text).map_err(|_| "standard input is no text")?;
    Ok(text)
}

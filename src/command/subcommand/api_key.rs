use clap::{ArgGroup, Args};
use jiff::Timestamp;

use crate::clock;
use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::{existing_store, open_store};
use crate::command::terminal::{eprint_line, print_line};
use crate::store::{ApiKey, ApiKeys, DataPlace, Store};

/// Without a flag: makes a new key in the place of all that there are.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("action").args(["add", "list", "revoke", "remove"]))]
pub(in crate::command) struct MakeApiKey {
    /// Make one more key; those that there are go on counting
    #[arg(long)]
    add: bool,
    /// What to call the new key, such as who gets it [default: the next free of first, key-2, key-3, …]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["list", "revoke", "remove"])]
    name: Option<String>,
    /// List the keys that count: name, id, when it was made and when it was used last, to the minute; never a key itself
    #[arg(long)]
    list: bool,
    /// Have the key of that name or id count no more
    #[arg(long, value_name = "NAME or ID")]
    revoke: Option<String>,
    /// Demand no key any more
    #[arg(long)]
    remove: bool,
}

impl MakeApiKey {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        match &self.revoke {
            _ if self.list => match existing_store(data)? {
                Some(store) => list(&store),
                None => Ok(none_demanded()),
            },
            Some(name) => revoke(&open_store(data)?, name),
            None if self.remove => {
                open_store(data)?.replace_api_keys(None)?;
                eprint_line(format_args!(
                    "No API key is demanded any more. A router that runs where others can reach it, and wants no client \
                     certificates, refuses everybody from now on."
                ));
                Ok(Conclusion::Done)
            }
            None if self.add => add(&open_store(data)?, self.name.as_deref()),
            None => replace(&open_store(data)?, self.name.as_deref()),
        }
    }
}

fn random() -> Result<ApiKey, Failure> {
    ApiKey::random().ok_or_else(|| "the system gives no random numbers".into())
}

/// Prints a new key, which is shown only this once.
fn show(key: &ApiKey, words: &str) -> Conclusion {
    print_line(format_args!("{}", key.reveal()));
    eprint_line(format_args!("Only its hash is kept: it is not shown again. {words}"));
    Conclusion::Done
}

fn replace(store: &Store, name: Option<&str>) -> Result<Conclusion, Failure> {
    let key = random()?;
    let mut keys = ApiKeys::default();
    keys.add(&key, name, Timestamp::now())?;
    // Damaged keys are replaced too.
    let before = store.api_keys().ok().flatten().map_or(0, |keys| keys.len());
    store.replace_api_keys(Some(&keys))?;
    let words = match before {
        0 => "A router that runs demands it at once.".to_owned(),
        1 => "It counts at once, in the place of the one before. To have both count for a while, use --add.".to_owned(),
        _ => format!("It counts at once, in the place of all {before} before. To keep those, use --add."),
    };
    Ok(show(&key, &words))
}

fn add(store: &Store, name: Option<&str>) -> Result<Conclusion, Failure> {
    let key = random()?;
    let (added, keys) = store.add_api_key(&key, name, Timestamp::now())?;
    let others = match keys.len() {
        1 => "no other".to_owned(),
        count => format!("{} more", count - 1),
    };
    Ok(show(&key, &format!("It is called '{}' ({}) and counts at once, beside {others}.", added.name, added.id())))
}

fn list(store: &Store) -> Result<Conclusion, Failure> {
    let Some(keys) = store.api_keys()? else { return Ok(none_demanded()) };
    if keys.is_empty() {
        eprint_line(format_args!(
            "A key is demanded, and there is none: nobody can deliver. Make one with 'postfordeler api-key --add'."
        ));
        return Ok(Conclusion::Done);
    }
    let uses = store.api_key_uses()?;
    let moment = |moment: Timestamp| clock::in_denmark(moment).strftime("%Y-%m-%d %H:%M").to_string();
    for key in keys.iter() {
        let made = key.made.map_or_else(|| "unknown".to_owned(), moment);
        let used = uses.get(key.id()).map_or_else(|| "never".to_owned(), |used| moment(*used));
        print_line(format_args!("{}  {}  made {made}  last used {used}", key.id(), key.name));
    }
    Ok(Conclusion::Done)
}

fn none_demanded() -> Conclusion {
    eprint_line(format_args!("No API key is demanded."));
    Conclusion::Done
}

fn revoke(store: &Store, name: &str) -> Result<Conclusion, Failure> {
    let (revoked, left) = store.revoke_api_key(name)?;
    let left = match left.len() {
        0 => "No key is left, and one is still demanded: nobody can deliver by a key until one is made (--add). To demand \
              none, use --remove."
            .to_owned(),
        1 => "1 key is left.".to_owned(),
        count => format!("{count} keys are left."),
    };
    eprint_line(format_args!("The key '{}' ({}) counts no more, from now on. {left}", revoked.name, revoked.id()));
    Ok(Conclusion::Done)
}

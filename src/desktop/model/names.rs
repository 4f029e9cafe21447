//! Names of fagsystems, and the order in which names are listed.

use std::cmp::Ordering;
use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use crate::rules::{Authority, FagsystemId};

/// A fagsystem's name, or its id where it has none.
pub fn fagsystem_name<'a>(authority: &'a Authority, id: &'a FagsystemId) -> &'a str {
    let name = authority.fagsystem(id).map(|fagsystem| fagsystem.name.as_str());
    name.filter(|name| !name.is_empty()).unwrap_or(id.as_str())
}

/// The order of a Danish dictionary, in which æ, ø and å come last; both languages list names in it.
pub fn danish_order(one: &str, other: &str) -> Ordering {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let collator = COLLATOR.get_or_init(|| Collator::try_new(locale!("da").into(), CollatorOptions::default()).ok());
    match collator {
        Some(collator) => collator.compare(one, other),
        None => one.cmp(other),
    }
}

//! The desktop application: what people see.
//!
//! Rooms, from the top down: `app` holds the state and does what screens ask for; each folder of `screen` is one screen,
//! drawn with the parts in `widget` and the colours in `theme`; `printed` makes documents; `service` does what takes time beside the window's thread;
//! `language` has every text in both languages; `model` is what the window knows.

mod app;
mod language;
mod model;
mod printed;
mod screen;
mod service;
mod theme;
mod widget;

pub use self::app::window::{APPLICATION_ID, run, settings};
pub use self::app::{Desktop, Message, WindowError, WindowMessage, XServerError};
pub(crate) use self::language::wording;
pub use self::model::error::Error;
pub use self::model::page::Page;
pub use self::model::preferences::{Preferences, PreferencesError, ThemeChoice};
pub use self::model::router_state::RouterState;
pub use self::service::{Lookout, OwnRouter, PollResult, SavedKlePlan, User, leave_system_alone};
pub use crate::language::LanguageChoice;

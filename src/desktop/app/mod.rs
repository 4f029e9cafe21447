//! The application: the window's state, how messages change it, and what it does on behalf of the screens.
//!
//! How things walk through the rooms, each of them once:
//!
//! * A keystroke: `frame` hands it to `keymap`, which looks for a command with that shortcut on the shown screen and in
//!   `commands`; the command gives a [`Message`], and `update` handles it.
//! * A message of a screen: `update` passes it to `screens`, which calls `Screen::update` with a `Scene` borrowed from
//!   `shared`. The screen returns an `Action`; `requests` carries it out and sends long work to the services. Their result
//!   comes back as the next message.
//! * An edit of a rule: the form on the rules' screen returns `Request::Edit` with the changed book; `requests` calls
//!   `draft`, which hands it to the `Workbench` as a step that can be undone. `update` then lets every screen refresh,
//!   has the draft saved by the services, and has `foresight` work out what past messages would have met. A publication
//!   goes from the changes' screen through `draft` to the services and the store, from where the router reads it.
//! * Another day is looked at: `day_chooser` sends it, or a screen requests it; `looking` has what the analysis says of that day
//!   worked out outside the window's thread, and tells the `Workbench`. From then on `Scene::day` is that day on every screen.
//! * What others write to the store: the `Lookout` of the services, on a thread of its own, sends a message when there is something
//!   new, and while something on the screen moves a timer does (`state`). Then `polling` asks the services for what is newer than the
//!   window's, and takes it over. Otherwise the window rests.

mod about;
mod closing;
mod commands;
mod day_band;
mod day_chooser;
mod day_message;
mod day_state;
mod draft;
mod first_start;
mod focus;
mod foresight;
mod frame;
mod guide;
mod help;
mod icon;
mod keymap;
mod looking;
mod message;
mod on_share;
mod opened_files;
mod opening;
mod palette;
mod palette_message;
mod palette_state;
mod people;
mod pictures;
mod placing;
mod polling;
mod requests;
mod router;
mod screens;
mod scrolling;
mod shared;
mod sidebar;
mod sidebar_size;
mod state;
mod toasts;
mod top_bar;
mod tour;
mod tour_message;
mod tour_state;
mod training;
mod training_band;
mod training_message;
mod update;
pub mod window;
mod window_message;
mod window_size;
mod x_server;

pub use self::message::Message;
pub use self::opening::WindowError;
pub use self::state::Desktop;
pub use self::window_message::WindowMessage;
pub use self::x_server::XServerError;

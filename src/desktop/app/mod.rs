//! The application: its state, what becomes of what happens in the window, and what it does for the screens.

mod commands;
mod draft;
mod foresight;
mod frame;
mod keymap;
mod message;
mod palette;
mod palette_message;
mod polling;
mod requests;
mod router;
mod screens;
mod search;
mod shared;
mod sidebar;
mod state;
mod toasts;
mod top_bar;
mod update;
pub mod window;
mod window_size;

pub use self::message::Message;
pub use self::state::Desktop;

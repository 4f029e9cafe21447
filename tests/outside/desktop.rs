//! Uses the window as a person does: by what stands on the screen. Nothing is drawn on a display.

mod authorities;
mod contact_points;
mod dates;
mod draft;
mod drop_downs;
mod fagsystems;
mod files;
mod first_start;
mod foresight;
mod history;
mod keyboard;
mod kle;
mod log;
mod moving;
mod overview;
mod palette;
mod protection;
mod publishing;
mod rule_editor;
mod rule_list;
mod secrets;
mod several;
mod town;
mod two_windows;
mod window;

//! Uses the window as a person does: by what stands on the screen. Nothing is drawn on a display.

mod attention;
mod authorities;
mod contact_points;
mod draft;
mod fagsystems;
mod files;
mod finding;
mod first_start;
mod foresight;
mod history;
mod keyboard;
mod kle;
mod listed;
mod log;
mod moving;
mod overview;
mod protection;
mod publishing;
mod rule_editor;
mod rule_list;
mod secrets;
mod several;
mod town;
mod two_windows;
mod window;
mod words;

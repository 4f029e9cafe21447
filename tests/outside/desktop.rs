//! Uses the window as a person does: by what stands on the screen. Nothing is drawn on a display.

mod contact_points;
mod draft;
mod fagsystems;
mod first_start;
mod history;
mod keyboard;
mod log;
mod moving;
mod overview;
mod protection;
mod publishing;
mod rule_editor;
mod rule_list;
mod several;
mod town;
mod two_windows;
mod window;

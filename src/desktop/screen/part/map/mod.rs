//! The map of the rules as a picture: laid out once for what it shows, and drawn anew when one points at something.

mod drawing;
mod layout;
mod reading;
mod shown;
mod traced;
mod travelling;
mod words;

pub(in crate::desktop::screen) use drawing::{Drawing, StandingOut, draw};
pub(in crate::desktop::screen) use layout::{MapLayout, MapMarks, MapView, Target};
pub(in crate::desktop::screen) use reading::MapReading;
pub(in crate::desktop::screen) use shown::ShownMap;
pub(in crate::desktop::screen) use traced::{TracedWay, Tracing};
pub(in crate::desktop::screen) use travelling::{Decided, Places};
pub(in crate::desktop::screen) use words::{criterion as subject_of, of_node as described};

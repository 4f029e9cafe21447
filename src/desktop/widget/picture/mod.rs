//! A [`Picture`] in the window, with spots that are pointed at, pressed, dragged to one another, and reached by keys. Each
//! spot says itself in words.

mod drawing;
mod following;
mod mark;
mod pane;
mod spot;
mod steps;
mod tip;
mod travellers;
mod view;
mod view_state;

pub(in crate::desktop) use mark::{MarkLook, MarkShape, mark_sign};
pub(in crate::desktop) use pane::{PaneEvent, pane};
pub(in crate::desktop) use spot::Spot;
pub(super) use spot::tell_about;
pub(in crate::desktop) use tip::Tip;
pub(in crate::desktop) use travellers::{ArrivalMark, Due, MovingMark, travellers};
pub(super) use view::picture_view_of;
pub(in crate::desktop) use view::{PictureView, picture_view};

use std::sync::Arc;

use iced::Element;

use super::super::picture::picture_view;
use crate::picture::{Bounds, Look, Picture, Size};

const SIZE: Size = Size::new(12.0, 12.0);

/// A sample of a look, for a legend.
pub(in crate::desktop) fn swatch<'a, Message: 'a>(look: Look) -> Element<'a, Message> {
    let mut picture = Picture::new(SIZE, "");
    picture.fill_with(Bounds::new(0.0, 0.0, SIZE.width, SIZE.height), look);
    picture_view(Arc::new(picture), Vec::new()).into()
}

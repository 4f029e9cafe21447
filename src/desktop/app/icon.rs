//! The window's icon, where the desktop takes it from the window.

use std::io::Cursor;

use iced::window::{Icon, icon};

/// In the size that title bars and task bars scale down from.
const PICTURE: &[u8] = include_bytes!("../../../resources/icon/postfordeler-128.png");

/// The icon of every window; `None` only if the picture could not be read, as windows are of use without one.
pub(super) fn icon() -> Option<Icon> {
    let mut decoder = png::Decoder::new(Cursor::new(PICTURE));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    rgba.truncate(info.buffer_size());
    icon::from_rgba(rgba, info.width, info.height).ok()
}

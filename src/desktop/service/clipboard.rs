use std::fmt;
use std::sync::{Mutex, PoisonError};

use arboard::{Clipboard, ImageData};

use super::system::is_left_alone;
use crate::picture::Pixels;

/// The clipboard, from the first picture on. On X11 whoever has copied something must be there to hand it out.
#[derive(Default)]
pub(super) struct PictureClipboard(Mutex<Option<Clipboard>>);

impl fmt::Debug for PictureClipboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PictureClipboard")
    }
}

impl PictureClipboard {
    pub fn copy(&self, Pixels { width, height, rgba }: Pixels) -> Result<(), arboard::Error> {
        if is_left_alone() {
            return Err(arboard::Error::ClipboardNotSupported);
        }
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut clipboard = match held.take() {
            Some(clipboard) => clipboard,
            None => Clipboard::new()?,
        };
        let side = |side| usize::try_from(side).unwrap_or_default();
        clipboard.set_image(ImageData { width: side(width), height: side(height), bytes: rgba.into() })?;
        *held = Some(clipboard);
        Ok(())
    }
}

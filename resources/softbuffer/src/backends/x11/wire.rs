//! Pixels that go to the server over its connection. Not in upstream's softbuffer, which sends the whole window each time.
//!
//! The server keeps the window's picture in a pixmap. Only what differs from it is sent, and the window is then drawn from it
//! by the server itself: an exposed window needs no pixels again, and over a slow line what has not changed costs nothing. What
//! is of one colour is named by it.

use std::collections::BTreeMap;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ChangeGCAux, ConnectionExt as _, Gcontext, ImageFormat, Pixmap, Rectangle, Window};

use super::format::PixelFormat;
use super::PushBufferError;

/// What is compared and sent together: a letter's height, and a few letters' width.
const TILE_HEIGHT: usize = 8;
const TILE_WIDTH: usize = 32;
/// The most bytes of pixels in one request; any server takes four times as many.
const MAX_BYTES: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Wire {
    /// What is to be shown.
    pub pixels: Vec<u32>,
    width: u16,
    height: u16,
    format: PixelFormat,
    on_server: Option<OnServer>,
}

/// The picture that the server has.
#[derive(Debug)]
struct OnServer {
    pixmap: Pixmap,
    pixels: Vec<u32>,
}

/// A part of the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

impl Wire {
    pub fn new(format: PixelFormat) -> Self {
        Self { pixels: Vec::new(), width: 0, height: 0, format, on_server: None }
    }

    pub fn resize(&mut self, connection: &impl Connection, width: u16, height: u16) -> Result<(), PushBufferError> {
        self.free(connection)?;
        (self.width, self.height) = (width, height);
        self.pixels.resize(usize::from(width) * usize::from(height), 0);
        Ok(())
    }

    /// Gives back what the server keeps.
    pub fn free(&mut self, connection: &impl Connection) -> Result<(), PushBufferError> {
        if let Some(there) = self.on_server.take() {
            connection.free_pixmap(there.pixmap)?.ignore_error();
        }
        Ok(())
    }

    pub fn present(
        &mut self,
        connection: &impl Connection,
        window: Window,
        gc: Gcontext,
        depth: u8,
    ) -> Result<(), PushBufferError> {
        let width = usize::from(self.width);
        let (pixmap, changes) = match &self.on_server {
            Some(there) => (there.pixmap, Changes::between(Some(&there.pixels), &self.pixels, width)),
            None => {
                let pixmap = connection.generate_id()?;
                connection.create_pixmap(depth, pixmap, window, self.width, self.height)?.ignore_error();
                (pixmap, Changes::between(None, &self.pixels, width))
            }
        };
        for (colour, parts) in &changes.plain {
            self.fill(connection, pixmap, gc, *colour, parts)?;
        }
        for part in &changes.drawn {
            self.send(connection, pixmap, gc, depth, *part)?;
        }
        connection.copy_area(pixmap, window, gc, 0, 0, 0, 0, self.width, self.height)?.ignore_error();
        connection.flush()?;
        match &mut self.on_server {
            Some(there) => {
                for part in changes.plain.values().flatten().chain(&changes.drawn) {
                    for y in part.y..part.y + part.height {
                        let row = y * width + part.x..y * width + part.x + part.width;
                        there.pixels[row.clone()].copy_from_slice(&self.pixels[row]);
                    }
                }
            }
            None => self.on_server = Some(OnServer { pixmap, pixels: self.pixels.clone() }),
        }
        Ok(())
    }

    /// Has the server fill parts with one colour.
    fn fill(
        &self,
        connection: &impl Connection,
        pixmap: Pixmap,
        gc: Gcontext,
        colour: u32,
        parts: &[Part],
    ) -> Result<(), PushBufferError> {
        let colour = ChangeGCAux::new().foreground(self.format.value(colour));
        connection.change_gc(gc, &colour)?.ignore_error();
        for parts in parts.chunks(MAX_BYTES / 8) {
            let rectangles: Vec<_> = parts
                .iter()
                // They lie within the window, whose size fits.
                .map(|part| Rectangle {
                    x: part.x as i16,
                    y: part.y as i16,
                    width: part.width as u16,
                    height: part.height as u16,
                })
                .collect();
            connection.poly_fill_rectangle(pixmap, gc, &rectangles)?.ignore_error();
        }
        Ok(())
    }

    fn send(
        &self,
        connection: &impl Connection,
        pixmap: Pixmap,
        gc: Gcontext,
        depth: u8,
        part: Part,
    ) -> Result<(), PushBufferError> {
        let row_bytes = self.format.row_bytes(part.width);
        let rows = (MAX_BYTES / row_bytes).max(1);
        let mut bytes = Vec::with_capacity(rows.min(part.height) * row_bytes);
        let mut y = part.y;
        while y < part.y + part.height {
            let end = (y + rows).min(part.y + part.height);
            bytes.clear();
            for row in y..end {
                let start = row * usize::from(self.width) + part.x;
                self.format.write_row(&self.pixels[start..start + part.width], &mut bytes);
            }
            // The sizes are below that of the window, which fits.
            let (width, height) = (part.width as u16, (end - y) as u16);
            let (left, top) = (part.x as i16, y as i16);
            let request = connection.put_image(ImageFormat::Z_PIXMAP, pixmap, gc, width, height, left, top, 0, depth, &bytes);
            request?.ignore_error();
            y = end;
        }
        Ok(())
    }
}

/// What differs between two pictures.
#[derive(Debug, Default)]
struct Changes {
    /// The parts that are of one colour now, by the colour.
    plain: BTreeMap<u32, Vec<Part>>,
    /// All others.
    drawn: Vec<Part>,
}

impl Changes {
    /// Between two pictures of that width; without the first, all of the second.
    fn between(before: Option<&[u32]>, after: &[u32], width: usize) -> Self {
        let mut changes = Self::default();
        let band = width * TILE_HEIGHT;
        for (number, after) in after.chunks(band).enumerate() {
            let before = before.map(|before| &before[number * band..number * band + after.len()]);
            if before == Some(after) {
                continue;
            }
            changes.look_at_band(before, after, width, number * TILE_HEIGHT);
        }
        changes.drawn = joined(changes.drawn);
        for parts in changes.plain.values_mut() {
            *parts = joined(std::mem::take(parts));
        }
        changes
    }

    fn look_at_band(&mut self, before: Option<&[u32]>, after: &[u32], width: usize, y: usize) {
        let height = after.len() / width;
        // The part that grows from tile to tile, and its colour where it has but one.
        let mut run: Option<(Part, Option<u32>)> = None;
        for x in (0..width).step_by(TILE_WIDTH) {
            let tile_width = TILE_WIDTH.min(width - x);
            let rows = || (0..height).map(|row| row * width + x..row * width + x + tile_width);
            let differs = before.is_none_or(|before| rows().any(|row| before[row.clone()] != after[row]));
            if !differs {
                self.add(run.take());
                continue;
            }
            let colour = after[x];
            let colour = rows().all(|row| after[row].iter().all(|pixel| *pixel == colour)).then_some(colour);
            match &mut run {
                Some((part, of)) if *of == colour => part.width += tile_width,
                _ => {
                    self.add(run.take());
                    run = Some((Part { x, y, width: tile_width, height }, colour));
                }
            }
        }
        self.add(run);
    }

    fn add(&mut self, run: Option<(Part, Option<u32>)>) {
        match run {
            Some((part, Some(colour))) => self.plain.entry(colour).or_default().push(part),
            Some((part, None)) => self.drawn.push(part),
            None => {}
        }
    }
}

/// Parts of equal width that lie below each other become one.
fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        let above = joined.iter_mut().rev().take_while(|above| above.y + above.height + TILE_HEIGHT > part.y);
        let fits = |above: &&mut Part| {
            (above.x, above.width, above.y + above.height) == (part.x, part.width, part.y)
        };
        match above.into_iter().find(fits) {
            Some(above) => above.height += part.height,
            None => joined.push(part),
        }
    }
    joined
}

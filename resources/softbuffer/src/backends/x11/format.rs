//! How a window's visual lays out a pixel. Not in upstream's softbuffer, which draws on visuals of its own layout alone.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ImageOrder, Setup, VisualClass, Visualid};

/// The layout of a pixel on the wire, for visuals that are made of red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PixelFormat {
    bytes: usize,
    /// Each row of an image begins at a multiple of so many bytes.
    row_padding: usize,
    is_most_significant_first: bool,
    red: Channel,
    green: Channel,
    blue: Channel,
}

/// Where the bits of a colour are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Channel {
    shift: u32,
    bits: u32,
}

impl Channel {
    fn of(mask: u32) -> Option<Self> {
        let channel = Self { shift: mask.trailing_zeros(), bits: mask.count_ones() };
        (mask != 0 && channel.bits <= 16 && mask >> channel.shift == (1 << channel.bits) - 1).then_some(channel)
    }

    /// From eight bits.
    fn place(self, value: u32) -> u32 {
        let scaled = if self.bits <= 8 {
            value >> (8 - self.bits)
        } else {
            // The upper bits repeat below, so that white stays white.
            value << (self.bits - 8) | value >> (16 - self.bits)
        };
        scaled << self.shift
    }
}

impl PixelFormat {
    /// The format of a visual; `None` for one of a palette or of shades of grey, and for layouts that no server is known to have.
    pub fn of(connection: &impl Connection, visual: Visualid) -> Option<Self> {
        Self::in_setup(connection.setup(), visual)
    }

    fn in_setup(setup: &Setup, visual: Visualid) -> Option<Self> {
        let depths = setup.roots.iter().flat_map(|screen| &screen.allowed_depths);
        let (depth, visual) = depths
            .flat_map(|depth| depth.visuals.iter().map(|visual| (depth.depth, visual)))
            .find(|(_, found)| found.visual_id == visual)?;
        if visual.class != VisualClass::TRUE_COLOR && visual.class != VisualClass::DIRECT_COLOR {
            return None;
        }
        let format = setup.pixmap_formats.iter().find(|format| format.depth == depth)?;
        if !matches!(format.bits_per_pixel, 16 | 24 | 32) {
            return None;
        }
        Some(Self {
            bytes: usize::from(format.bits_per_pixel / 8),
            row_padding: usize::from(format.scanline_pad / 8).max(1),
            is_most_significant_first: setup.image_byte_order == ImageOrder::MSB_FIRST,
            red: Channel::of(visual.red_mask)?,
            green: Channel::of(visual.green_mask)?,
            blue: Channel::of(visual.blue_mask)?,
        })
    }

    /// How many bytes a row of so many pixels takes.
    pub fn row_bytes(&self, width: usize) -> usize {
        (width * self.bytes).div_ceil(self.row_padding) * self.row_padding
    }

    /// What the server calls a colour `0x00RRGGBB`.
    pub fn value(&self, pixel: u32) -> u32 {
        let of = |channel: Channel, shift: u32| channel.place(pixel >> shift & 0xff);
        of(self.red, 16) | of(self.green, 8) | of(self.blue, 0)
    }

    /// Appends a row of pixels, each `0x00RRGGBB`.
    pub fn write_row(&self, row: &[u32], to: &mut Vec<u8>) {
        let end = to.len() + self.row_bytes(row.len());
        for pixel in row {
            let value = self.value(*pixel);
            if self.is_most_significant_first {
                to.extend_from_slice(&value.to_be_bytes()[4 - self.bytes..]);
            } else {
                to.extend_from_slice(&value.to_le_bytes()[..self.bytes]);
            }
        }
        to.resize(end, 0);
    }
}

use super::FlowBand;

/// Where ends and bands are, in logical pixels from the top.
pub(super) struct Arrangement {
    pub left: Vec<Slot>,
    pub right: Vec<Slot>,
    pub shapes: Vec<Shape>,
    pub height: f32,
}

/// The room of an end, with its bar in the middle.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slot {
    pub top: f32,
    pub height: f32,
    pub bar: f32,
}

/// Where a band begins on the left and ends on the right, by its upper edge.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub left: f32,
    pub right: f32,
    pub thickness: f32,
}

impl Slot {
    const GAP: f32 = 6.0;
    /// The height of a name.
    const LINE: f32 = 22.0;

    /// The upper edge of its bar.
    pub fn bar_top(self) -> f32 {
        self.top + ((self.height - self.bar) / 2.0).floor()
    }
}

impl Arrangement {
    /// The height of all bands together, where each is thick enough to be seen.
    const BANDS: f32 = 190.0;
    const LEAST_THICKNESS: f32 = 2.0;

    pub fn of(left: usize, right: usize, bands: &[FlowBand]) -> Self {
        let all: u64 = bands.iter().map(|band| band.count).sum();
        #[expect(clippy::cast_precision_loss, reason = "a picture is not so exact")]
        let thickness =
            |band: &FlowBand| (band.count as f32 / all.max(1) as f32 * Self::BANDS).max(Self::LEAST_THICKNESS).round();
        let (left, from) = side(left, bands.iter().map(|band| (band.from, thickness(band))));
        let (right, to) = side(right, bands.iter().map(|band| (band.to, thickness(band))));
        let edges = from.into_iter().zip(to);
        let shapes =
            bands.iter().zip(edges).map(|(band, (left, right))| Shape { left, right, thickness: thickness(band) });
        let bottom = |slots: &[Slot]| slots.last().map_or(0.0, |slot| slot.top + slot.height);
        let height = bottom(&left).max(bottom(&right));
        Self { shapes: shapes.collect(), left, right, height }
    }
}

/// The slots of one side, and the upper edge of each band there.
fn side(ends: usize, bands: impl Iterator<Item = (usize, f32)> + Clone) -> (Vec<Slot>, Vec<f32>) {
    let mut slots = vec![Slot::default(); ends];
    for (end, thickness) in bands.clone() {
        if let Some(slot) = slots.get_mut(end) {
            slot.bar += thickness;
        }
    }
    let mut top = 0.0;
    for slot in &mut slots {
        (slot.top, slot.height) = (top, slot.bar.max(Slot::LINE));
        top += slot.height + Slot::GAP;
    }
    let mut next: Vec<_> = slots.iter().map(|slot| slot.bar_top()).collect();
    let edges = bands.map(|(end, thickness)| {
        let Some(next) = next.get_mut(end) else { return 0.0 };
        let edge = *next;
        *next += thickness;
        edge
    });
    let edges = edges.collect();
    (slots, edges)
}

use super::geometry::Bounds;
use super::ink::Tone;
use super::outline::Outline;
use super::shape::Picture;

/// The thickness of a pattern's lines, and the distance from one to the next.
const LINE: f32 = 2.0;
const PITCH: f32 = 4.0;
/// How much of the colour the ground of a pattern has.
const FAINT: f32 = 0.22;
/// An area has at most so many lines: further apart where it would need more.
const MOST_LINES: f32 = 500.0;

/// The look of one kind of area: pattern as well as colour, for people who cannot tell the colours apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its colour.
    pub tone: Tone,
    /// How it is filled.
    pub pattern: Pattern,
}

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// With the colour alone.
    Solid,
    /// With horizontal lines on a faint ground.
    Across,
    /// With vertical lines on a faint ground.
    Upright,
    /// Only its edge is drawn.
    Hollow,
}

impl Picture {
    /// Fills a rectangle with a look.
    pub fn fill_with(&mut self, bounds: Bounds, look: Look) {
        match look.pattern {
            Pattern::Solid => self.rectangle(bounds, look.tone),
            // From the bottom, where a bar begins.
            Pattern::Across => self.lined(bounds, look.tone, bounds.height, |from, to| Bounds {
                y: bounds.bottom() - to,
                height: to - from,
                ..bounds
            }),
            Pattern::Upright => self.lined(bounds, look.tone, bounds.width, |from, to| Bounds {
                x: bounds.x + from,
                width: to - from,
                ..bounds
            }),
            Pattern::Hollow => {
                let bounds = Bounds { width: bounds.width.max(2.0), height: bounds.height.max(2.0), ..bounds };
                self.rectangle(bounds, look.tone);
                self.rectangle(bounds.shrunk(1.0), Tone::Surface);
            }
        }
    }

    /// Fills a rectangle with lines on a faint ground; `line` is the one from and to a distance of `along`.
    fn lined(&mut self, bounds: Bounds, tone: Tone, along: f32, line: impl Fn(f32, f32) -> Bounds) {
        self.rectangle(bounds, Tone::Surface);
        self.rectangle(bounds, tone.at(FAINT));
        let pitch = PITCH.max(along / MOST_LINES);
        let begins = std::iter::successors(Some(0.0), |from| Some(from + pitch)).take_while(|from| *from < along);
        self.fill(Outline::rectangles(begins.map(|from| line(from, (from + LINE).min(along)))), tone);
    }
}

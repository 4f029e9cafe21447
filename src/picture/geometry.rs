/// No picture is drawn that far from its corner.
const FARTHEST: f32 = 1.0e6;

/// A place: `x` to the right of the picture's left edge and `y` below its upper edge, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// A width and a height, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// To the right.
    pub width: f32,
    /// Down.
    pub height: f32,
}

/// A rectangle by its upper left corner and its size, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// To the right.
    pub width: f32,
    /// Down.
    pub height: f32,
}

impl Point {
    /// The point at these distances from the picture's upper left corner.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Whether it is a place at which something can be drawn.
    pub(super) fn is_drawable(self) -> bool {
        self.x.abs() <= FARTHEST && self.y.abs() <= FARTHEST
    }
}

impl Size {
    /// That width and height.
    #[must_use]
    pub const fn new(width: f32, height: f32) -> Self {
        Self { width, height }
    }
}

impl Bounds {
    /// The rectangle with that upper left corner and size.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// The x of the right edge.
    #[must_use]
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    /// The y of the lower edge.
    #[must_use]
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// The point in its middle.
    #[must_use]
    pub fn middle(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The same rectangle with each edge moved inwards by a distance; an edge never passes the middle.
    #[must_use]
    pub fn shrunk(self, by: f32) -> Self {
        let (x, y) = (by.min(self.width / 2.0), by.min(self.height / 2.0));
        Self::new(self.x + x, self.y + y, self.width - 2.0 * x, self.height - 2.0 * y)
    }

    /// Whether a point is in it. The left and upper edges belong to it, the others do not.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        (self.x..self.right()).contains(&point.x) && (self.y..self.bottom()).contains(&point.y)
    }
}

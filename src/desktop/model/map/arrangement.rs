//! Where the nodes of a flow picture with several columns stand, and where the bands between them begin and end.

/// The space between nodes of a column, in logical pixels: the least, and the most.
const LEAST_GAP: f32 = 4.0;
const MOST_GAP: f32 = 16.0;
/// How often the scale is halved in on.
const ROUNDS: u8 = 40;
/// How often the columns are brought closer to what they are joined to.
const PASSES: u8 = 4;

/// A node of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// What flows through it.
    pub value: f32,
    /// It is at least that high, in logical pixels.
    pub least: f32,
}

/// What flows from a node to one of the next column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The column that it begins in.
    pub column: usize,
    /// The node there, by its place.
    pub from: usize,
    /// The node in the next column.
    pub to: usize,
    pub value: f32,
}

/// Where a node is, in logical pixels from the top.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Placed {
    pub top: f32,
    pub height: f32,
}

impl Placed {
    fn middle(self) -> f32 {
        self.top + self.height / 2.0
    }

    fn bottom(self) -> f32 {
        self.top + self.height
    }
}

/// The upper edge of a band at both ends, and how thick it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Arranged {
    pub left: f32,
    pub right: f32,
    pub thickness: f32,
}

/// Everything in its place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Arrangement {
    /// The nodes of each column.
    pub nodes: Vec<Vec<Placed>>,
    /// The bands, in the order of the links.
    pub bands: Vec<Arranged>,
    /// The lowest edge of all.
    pub height: f32,
}

impl Arrangement {
    /// Places nodes, which keep their order, in about that height: it is exceeded only where the least heights do not fit. The
    /// nodes of the column `anchor` are spread evenly; those of others stand near what they are joined to.
    pub fn of(columns: &[Vec<Node>], links: &[Link], height: f32, anchor: usize) -> Self {
        let scale = scale(columns, height);
        let size = |node: &Node| (node.value * scale).max(node.least).round();
        let mut nodes: Vec<Vec<Placed>> =
            columns.iter().map(|column| spread(&column.iter().map(size).collect::<Vec<_>>(), height)).collect();
        let bottom = |column: &[Placed]| column.last().map_or(0.0, |node| node.bottom());
        let height = nodes.iter().map(|column| bottom(column)).fold(height, f32::max);
        for _ in 0..PASSES {
            for column in (anchor + 1)..nodes.len() {
                draw_near(&mut nodes, links, column, height);
            }
            for column in (0..anchor).rev() {
                draw_near(&mut nodes, links, column, height);
            }
        }
        let bands = bands(&nodes, links, scale);
        let height = nodes.iter().map(|column| bottom(column)).fold(0.0, f32::max);
        Self { nodes, bands, height }
    }
}

/// The largest number of pixels for one of what flows, so that every column fits into the height; where not even the least heights
/// do, so that no node becomes higher than its least height.
fn scale(columns: &[Vec<Node>], height: f32) -> f32 {
    let fits = |scale: f32| {
        columns.iter().all(|column| {
            #[expect(clippy::cast_precision_loss, reason = "there are few nodes")]
            let gaps = column.len().saturating_sub(1) as f32 * LEAST_GAP;
            column.iter().map(|node| (node.value * scale).max(node.least)).sum::<f32>() + gaps <= height
        })
    };
    let most = columns.iter().map(|column| column.iter().map(|node| node.value).sum::<f32>()).fold(0.0, f32::max);
    if most <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, height / most);
    for _ in 0..ROUNDS {
        let middle = f32::midpoint(low, high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let in_least = columns.iter().flatten().filter(|node| node.value > 0.0).map(|node| node.least / node.value);
    low.max(in_least.fold(f32::INFINITY, f32::min))
}

/// Nodes of those heights below one another, with the space that is left between them.
fn spread(heights: &[f32], height: f32) -> Vec<Placed> {
    let all: f32 = heights.iter().sum();
    #[expect(clippy::cast_precision_loss, reason = "there are few nodes")]
    let gaps = heights.len().saturating_sub(1).max(1) as f32;
    let gap = ((height - all) / gaps).clamp(LEAST_GAP, MOST_GAP).floor();
    let mut top = 0.0;
    let place = |height: &f32| {
        let placed = Placed { top, height: *height };
        top += height + gap;
        placed
    };
    heights.iter().map(place).collect()
}

/// Moves the nodes of a column towards what they are joined to on the side of the anchor and beyond, in their order and
/// without touching each other.
fn draw_near(nodes: &mut [Vec<Placed>], links: &[Link], column: usize, height: f32) {
    let mut sums = vec![(0.0_f32, 0.0_f32); nodes[column].len()];
    for link in links {
        // What carries nothing still draws a little.
        let weight = link.value.max(0.001);
        let joined = match column {
            _ if link.column == column => Some((link.from, nodes[column + 1][link.to].middle())),
            _ if link.column + 1 == column => Some((link.to, nodes[column - 1][link.from].middle())),
            _ => None,
        };
        if let Some((at, middle)) = joined {
            sums[at].0 += middle * weight;
            sums[at].1 += weight;
        }
    }
    let mut least = 0.0;
    let own = &mut nodes[column];
    for (node, (sum, weight)) in own.iter_mut().zip(sums) {
        let wanted = if weight > 0.0 { sum / weight - node.height / 2.0 } else { node.top };
        node.top = wanted.max(least).round();
        least = node.bottom() + LEAST_GAP * 2.0;
    }
    let mut most = height;
    for node in own.iter_mut().rev() {
        node.top = node.top.min(most - node.height).round();
        most = node.top - LEAST_GAP * 2.0;
    }
    // Where they do not fit at all, they begin at the top.
    let mut least = 0.0;
    for node in own.iter_mut() {
        node.top = node.top.max(least);
        least = node.bottom() + LEAST_GAP;
    }
}

/// The bands, which stand at each node in the order of their other ends.
fn bands(nodes: &[Vec<Placed>], links: &[Link], scale: f32) -> Vec<Arranged> {
    let mut bands: Vec<Arranged> =
        links.iter().map(|link| Arranged { thickness: link.value * scale, ..Arranged::default() }).collect();
    let place = |is_left: bool, bands: &mut Vec<Arranged>| {
        let own = |link: &Link| if is_left { (link.column, link.from) } else { (link.column + 1, link.to) };
        let other = |link: &Link| if is_left { (link.column + 1, link.to) } else { (link.column, link.from) };
        let mut order: Vec<usize> = (0..links.len()).collect();
        let at = |(column, at): (usize, usize)| nodes[column][at];
        order.sort_by(|one, two| {
            let key = |link: &Link| own(link);
            key(&links[*one]).cmp(&key(&links[*two])).then_with(|| {
                let middle = |link: &Link| at(other(link)).middle();
                middle(&links[*one]).total_cmp(&middle(&links[*two]))
            })
        });
        let mut from = 0;
        while from < order.len() {
            let node = own(&links[order[from]]);
            let count = order[from..].iter().take_while(|link| own(&links[**link]) == node).count();
            let of_node = &order[from..from + count];
            let all: f32 = of_node.iter().map(|link| bands[*link].thickness).sum();
            let mut top = at(node).top + (at(node).height - all) / 2.0;
            for link in of_node {
                let band = &mut bands[*link];
                *(if is_left { &mut band.left } else { &mut band.right }) = top;
                top += band.thickness;
            }
            from += count;
        }
    };
    place(true, &mut bands);
    place(false, &mut bands);
    bands
}

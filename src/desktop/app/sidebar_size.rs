//! How much of the sidebar has room in a window, and where each page's link is.

use crate::desktop::model::page::Page;

/// The id of the links, which scroll.
pub(super) const PAGES: &str = "pages";

/// The height of what stands around the links, while the router runs; of the program's name in it; and of the heading of the
/// router's state. In logical pixels, as all here.
const AROUND: f32 = 281.0;
const NAME: f32 = 46.0;
const ROUTER: f32 = 21.0;
/// The height of a link without its padding, and of the heading of a group.
const LINK: f32 = 18.2;
const HEADING: f32 = 24.0;
/// The space above and below a link's words: as much as there is, but a link is easily hit even in a low window.
const LINK_PADDINGS: (f32, f32) = (3.0, 7.0);
/// The space between groups where their headings have no room.
const GROUP_GAPS: (f32, f32) = (3.0, 8.0);
/// From this height on the parts stand further apart, by so much in all and between links.
pub(super) const HIGH: f32 = 900.0;
const HIGH_AROUND: f32 = 20.0;
const HIGH_GAP: f32 = 2.0;
/// There, a notice of two lines has room without hiding a page.
const NOTICE: f32 = 72.0;

/// How much of the sidebar has room in a window. The program's name goes first, which the window's title has too, then the
/// headings of the groups; in still lower windows the links scroll.
#[derive(Debug, Clone)]
pub(super) struct Fitting {
    /// The pages that are shown.
    pub pages: Vec<Page>,
    pub has_name: bool,
    pub has_headings: bool,
    /// The space above and below the words of a link.
    pub padding: f32,
    /// Between links.
    pub gap: f32,
    /// Between groups without headings.
    pub group_gap: f32,
}

impl Fitting {
    pub fn of(pages: Vec<Page>, height: f32) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "there are few pages")]
        let (links, groups) =
            (pages.len() as f32, pages.iter().filter(|page| begins_group(&pages, **page)).count() as f32);
        let least = links * (LINK + 2.0 * LINK_PADDINGS.0);
        let headings = groups * HEADING;
        let has_name = height >= AROUND + headings + least;
        let has_headings = height >= AROUND - NAME + headings + least;
        let (around, gap) = match (has_name, has_headings) {
            _ if height >= HIGH => (AROUND + HIGH_AROUND, HIGH_GAP),
            (true, _) => (AROUND, 0.0),
            (false, true) => (AROUND - NAME, 0.0),
            (false, false) => (AROUND - NAME - ROUTER, 0.0),
        };
        let notice = if height >= HIGH { NOTICE } else { 0.0 };
        let room = height - around - notice - if has_headings { headings } else { 0.0 };
        let padding = ((room / links - gap - LINK) / 2.0).clamp(LINK_PADDINGS.0, LINK_PADDINGS.1).floor();
        let group_gap = ((room - least) / groups).clamp(GROUP_GAPS.0, GROUP_GAPS.1).floor();
        Self { pages, has_name, has_headings, padding, gap, group_gap }
    }

    /// What stands above the first page of a group.
    pub fn above_group(&self) -> f32 {
        if self.has_headings { HEADING } else { self.group_gap }
    }

    /// Whether a page is the first of a group which is not that of the first pages of all.
    pub fn begins_group(&self, page: Page) -> bool {
        begins_group(&self.pages, page)
    }

    /// The upper and the lower edge of a page's link, from the top of the first.
    pub fn place(&self, page: Page) -> (f32, f32) {
        let height = LINK + 2.0 * self.padding;
        let mut top = 0.0;
        for &above in &self.pages {
            top += if self.begins_group(above) { self.above_group() + self.gap } else { 0.0 };
            if above == page {
                break;
            }
            top += height + self.gap;
        }
        (top, top + height)
    }
}

/// Whether a page is the first of a group which is not that of the first pages of all.
fn begins_group(pages: &[Page], page: Page) -> bool {
    let before = pages.iter().zip(pages.iter().skip(1)).find(|(_, next)| **next == page);
    before.is_some_and(|(before, _)| before.group() != page.group())
}

//! The mouse.

use iced_test::core::{Event, Point, Rectangle, mouse};
use lucide_icons::Icon;

use super::{Seen, Window};

impl Window {
    pub fn point_at(&mut self, position: Point) {
        self.cursor = mouse::Cursor::Available(position);
        self.happen(Event::Mouse(mouse::Event::CursorMoved { position }));
    }

    pub fn mouse_down(&mut self) {
        self.happen(Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)));
    }

    pub fn mouse_up(&mut self) {
        self.happen(Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)));
    }

    pub fn click_at(&mut self, position: Point) {
        self.point_at(position);
        self.mouse_down();
        self.mouse_up();
    }

    pub fn right_click_at(&mut self, position: Point) {
        self.point_at(position);
        self.happen(Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right)));
        self.happen(Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Right)));
    }

    /// Turns the wheel over the editor beside a list, to its end or back to its beginning.
    pub fn scroll_editor(&mut self, to_the_end: bool) {
        // An editor stands at the right edge.
        self.scroll_at(Point::new(self.size.width - 100.0, self.size.height / 2.0), to_the_end);
    }

    /// Turns the wheel over what stands there, to its end or back to its beginning.
    pub fn scroll_at(&mut self, position: Point, to_the_end: bool) {
        self.point_at(position);
        let lines = if to_the_end { -1_000.0 } else { 1_000.0 };
        let delta = mouse::ScrollDelta::Lines { x: 0.0, y: lines };
        self.happen(Event::Mouse(mouse::Event::WheelScrolled { delta }));
    }

    #[track_caller]
    pub fn click(&mut self, words: &str) {
        let at = self.find(words).center();
        self.click_at(at);
    }

    /// Clicks the last place where the words stand: what is chosen stands behind the list.
    #[track_caller]
    pub fn click_last(&mut self, words: &str) {
        let found = self.seen().into_iter().rfind(|seen| seen.words == words);
        let Some(found) = found else { panic!("'{words}' does not stand on the screen") };
        self.click_at(found.bounds.center());
    }

    /// Clicks the last button of that kind: those of an editor stand behind those of the list.
    #[track_caller]
    pub fn click_icon(&mut self, icon: Icon) {
        self.click_last(&char::from(icon).to_string());
    }

    /// Clicks the button of that kind on the line of the words.
    #[track_caller]
    pub fn click_icon_beside(&mut self, words: &str, icon: Icon) {
        self.click_last_beside(words, &char::from(icon).to_string());
    }

    /// Clicks what stands last on the line of the words.
    #[track_caller]
    pub fn click_last_beside(&mut self, words: &str, what: &str) {
        let line = self.find(words);
        let is_beside = |seen: &Seen| (line.y..line.y + line.height).contains(&seen.bounds.center_y());
        let found = self.seen().into_iter().rfind(|seen| seen.words == what && is_beside(seen));
        let Some(found) = found else { panic!("'{what}' does not stand beside '{words}'") };
        self.click_at(found.bounds.center());
    }

    /// Takes hold of something and goes there with it, without letting go.
    pub fn drag(&mut self, from: Point, to: Point) {
        const STEPS: u8 = 8;
        self.point_at(from);
        self.mouse_down();
        for step in 0..=STEPS {
            self.point_at(from + (to - from) * (f32::from(step) / f32::from(STEPS)));
        }
    }

    /// Opens a list and clicks the entry of that name.
    #[track_caller]
    pub fn pick(&mut self, list: Rectangle, entry: &str) {
        self.click_at(list.center());
        // What lies over everything else is seen last.
        self.click_last(entry);
    }

    /// Filters a list by a value that stands in it, with the funnel that comes when one points there.
    #[track_caller]
    pub fn filter_by(&mut self, value: &str) {
        let at = self.find(value).center();
        self.point_at(at);
        self.click_icon(Icon::Funnel);
    }
}

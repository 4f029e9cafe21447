//! The mouse.

use iced_test::core::{Event, Point, Rectangle, mouse};
use lucide_icons::Icon;

use super::{Text, Window};

impl Window {
    pub fn point_at(&mut self, position: Point) {
        self.cursor = mouse::Cursor::Available(position);
        self.handle(Event::Mouse(mouse::Event::CursorMoved { position }));
    }

    pub fn mouse_down(&mut self) {
        self.handle(Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)));
    }

    pub fn mouse_up(&mut self) {
        self.handle(Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)));
    }

    /// Takes the mouse out of the window, so that it points at nothing.
    pub fn point_nowhere(&mut self) {
        self.cursor = mouse::Cursor::Unavailable;
        self.handle(Event::Mouse(mouse::Event::CursorLeft));
    }

    pub fn click_at(&mut self, position: Point) {
        self.point_at(position);
        self.mouse_down();
        self.mouse_up();
    }

    pub fn right_click_at(&mut self, position: Point) {
        self.point_at(position);
        self.handle(Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Right)));
        self.handle(Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Right)));
    }

    /// Scrolls the editor beside a list with the wheel, to its end or back to its beginning.
    pub fn scroll_editor(&mut self, to_the_end: bool) {
        // Editors are at the right edge.
        self.scroll_at(Point::new(self.size.width - 100.0, self.size.height / 2.0), to_the_end);
    }

    /// Scrolls what is there with the wheel, to its end or back to its beginning.
    pub fn scroll_at(&mut self, position: Point, to_the_end: bool) {
        self.point_at(position);
        let lines = if to_the_end { -1_000.0 } else { 1_000.0 };
        self.wheel(mouse::ScrollDelta::Lines { x: 0.0, y: lines });
    }

    /// Turns the wheel where the mouse is.
    pub fn wheel(&mut self, delta: mouse::ScrollDelta) {
        self.handle(Event::Mouse(mouse::Event::WheelScrolled { delta }));
    }

    #[track_caller]
    pub fn click(&mut self, words: &str) {
        let at = self.find(words).center();
        self.click_at(at);
    }

    /// Clicks the last text that is those words: an editor comes after the list beside it.
    #[track_caller]
    pub fn click_last(&mut self, words: &str) {
        let Some(bounds) = self.find_all(words).pop() else { panic!("'{words}' is not on the screen") };
        self.click_at(bounds.center());
    }

    /// Clicks the last button with that icon: those of an editor come after those of the list beside it.
    #[track_caller]
    pub fn click_icon(&mut self, icon: Icon) {
        self.click_last(&char::from(icon).to_string());
    }

    #[track_caller]
    pub fn click_first_icon(&mut self, icon: Icon) {
        self.click(&char::from(icon).to_string());
    }

    /// Clicks in the middle of a field, which opens a drop-down list.
    #[track_caller]
    pub fn click_field(&mut self, field: &'static str) {
        let at = self.field(field).center();
        self.click_at(at);
    }

    /// Clicks the button with that icon on the line of the words.
    #[track_caller]
    pub fn click_icon_beside(&mut self, words: &str, icon: Icon) {
        self.click_last_beside(words, &char::from(icon).to_string());
    }

    /// Clicks the last `what` on the line of the words.
    #[track_caller]
    pub fn click_last_beside(&mut self, words: &str, what: &str) {
        let line = self.find(words);
        let is_beside = |text: &Text| (line.y..line.y + line.height).contains(&text.bounds.center_y());
        let found = self.texts().into_iter().rfind(|text| text.words == what && is_beside(text));
        let Some(found) = found else { panic!("'{what}' is not beside '{words}'") };
        self.click_at(found.bounds.center());
    }

    /// Drags what is at `from` to `to`, without releasing the button.
    pub fn drag(&mut self, from: Point, to: Point) {
        const STEPS: u8 = 8;
        self.point_at(from);
        self.mouse_down();
        for step in 0..=STEPS {
            self.point_at(from + (to - from) * (f32::from(step) / f32::from(STEPS)));
        }
    }

    /// Opens a drop-down list and clicks the entry with that name.
    #[track_caller]
    pub fn pick(&mut self, list: Rectangle, entry: &str) {
        self.click_at(list.center());
        // The open list lies over everything else, and so comes last.
        self.click_last(entry);
    }

    /// Filters a list by one of its values, with the funnel that appears where the mouse points.
    #[track_caller]
    pub fn filter_by(&mut self, value: &str) {
        let at = self.find(value).center();
        self.point_at(at);
        self.click_icon(Icon::Funnel);
    }
}

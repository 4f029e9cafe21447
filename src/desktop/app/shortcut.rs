//! Ways to do something with the keyboard, as the command palette shows them. What the keys do is in `keys`.

/// What is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shortcut(pub &'static str);

pub(super) const NEW: Shortcut = Shortcut("Ctrl+N");
pub(super) const NEW_ABOVE: Shortcut = Shortcut("Ctrl+Shift+N");
pub(super) const SAVE: Shortcut = Shortcut("Ctrl+S");
pub(super) const UNDO: Shortcut = Shortcut("Ctrl+Z");
pub(super) const REDO: Shortcut = Shortcut("Ctrl+Shift+Z");
pub(super) const SEARCH: Shortcut = Shortcut("Ctrl+F");
pub(super) const FILTER_BY: Shortcut = Shortcut("Ctrl+Shift+F");
pub(super) const CLONE: Shortcut = Shortcut("Ctrl+D");
pub(super) const OPEN: Shortcut = Shortcut("F2");
pub(super) const DELETE: Shortcut = Shortcut("Delete");
pub(super) const ALL: Shortcut = Shortcut("Ctrl+A");
pub(super) const MOVE_UP: Shortcut = Shortcut("Alt+↑");
pub(super) const MOVE_DOWN: Shortcut = Shortcut("Alt+↓");
pub(super) const PUBLISH: Shortcut = Shortcut("Ctrl+Enter");
pub(super) const LARGER: Shortcut = Shortcut("Ctrl++");
pub(super) const SMALLER: Shortcut = Shortcut("Ctrl+-");
pub(super) const USUAL: Shortcut = Shortcut("Ctrl+0");
pub(super) const PAGES: [Shortcut; 9] = [
    Shortcut("Ctrl+1"),
    Shortcut("Ctrl+2"),
    Shortcut("Ctrl+3"),
    Shortcut("Ctrl+4"),
    Shortcut("Ctrl+5"),
    Shortcut("Ctrl+6"),
    Shortcut("Ctrl+7"),
    Shortcut("Ctrl+8"),
    Shortcut("Ctrl+9"),
];

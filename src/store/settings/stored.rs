use serde_json::{Map, Value};

use super::guards::Guard;
use super::router::{self, RouterSettings};
use super::window::{self, WindowSettings};
use crate::store::engine::params;
use crate::store::{Store, StoreError};

impl Store {
    /// How the router runs. Check [`RouterSettings::damaged`] before relying on a [`Guard`].
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn settings(&self) -> Result<RouterSettings, StoreError> {
        let mut settings = RouterSettings { reach: self.reach()?, ..RouterSettings::default() };
        self.each_setting(|key, value| settings.read(key, value))?;
        Ok(settings)
    }

    /// What windows remember of this data directory.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn window_settings(&self) -> Result<WindowSettings, StoreError> {
        let mut settings = WindowSettings::default();
        self.each_setting(|key, value| settings.read(key, value))?;
        Ok(settings)
    }

    fn each_setting(&self, mut each: impl FnMut(&str, &str)) -> Result<(), StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare("SELECT key, value FROM settings")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            // A key or value that is not text is as unreadable as an unknown key or an empty value.
            each(row.get_ref(0)?.as_str().unwrap_or_default(), row.get_ref(1)?.as_str().unwrap_or_default());
        }
        Ok(())
    }

    /// The preferences that earlier versions stored here for everybody, as far as they can be read, by key: `language`,
    /// `theme`, `zoom_percent`, `window` and `views`.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn former_preferences(&self) -> Result<Map<String, Value>, StoreError> {
        let connection = self.connection();
        let query = "SELECT key, value FROM settings
                     WHERE key IN ('language', 'theme', 'zoom_percent', 'window', 'views')";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query([])?;
        let mut former = Map::new();
        while let Some(row) = rows.next()? {
            if let (Ok(key), Ok(value)) = (row.get_ref(0)?.as_str(), row.get_ref(1)?.as_str())
                && let Ok(value) = serde_json::from_str(value)
            {
                former.insert(key.to_owned(), value);
            }
        }
        Ok(former)
    }

    /// Stores all settings of the router, except guards that are still damaged: those stay as they are.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_settings(&self, settings: &RouterSettings) -> Result<(), StoreError> {
        self.save_fields(router::fields(settings))
    }

    /// Stores the router's settings that have changed since `before`, and guards that were damaged then and no longer are.
    /// What another window has changed meanwhile stays.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_changed_settings(&self, before: &RouterSettings, settings: &RouterSettings) -> Result<(), StoreError> {
        let (was_damaged, before) = (&before.damaged, router::fields(before));
        let mut changed = router::fields(settings);
        let is_mended = |key: &str| Guard::of(key).is_some_and(|guard| was_damaged.contains(guard));
        changed.retain(|key, value| before.get(key) != Some(value) || is_mended(key));
        self.save_fields(changed)
    }

    /// Stores the settings of windows that have changed since `before`. What another window has changed meanwhile stays.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_changed_window_settings(
        &self,
        before: WindowSettings,
        settings: WindowSettings,
    ) -> Result<(), StoreError> {
        let before = window::fields(before);
        let mut changed = window::fields(settings);
        changed.retain(|key, value| before.get(key) != Some(value));
        self.save_fields(changed)
    }

    fn save_fields(&self, fields: Map<String, Value>) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        for (key, value) in fields {
            transaction.execute(
                "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                params![key, value.to_string()],
            )?;
        }
        self.place.commit(transaction)
    }
}

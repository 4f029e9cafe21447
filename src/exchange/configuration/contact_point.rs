use super::fault::{FileProblem, ValueKind};
use super::format::{CONTACT_GROUP, CONTACT_POINT, POINT_CODE};
use super::reading::{Node, Object, Reading};
use crate::exchange::json::Json;
use crate::exchange::limits::MAX_LEVELS;
use crate::exchange::text::id::without_braces;
use crate::rules::{Audience, Caseless, ContactGroup, ContactPoint, Megabytes, PointCode, PointDetails};

impl Reading<'_> {
    pub(super) fn contact_point(&mut self, node: &Node<'_>) -> Option<ContactPoint> {
        let object = self.shaped(node, &CONTACT_POINT)?;
        let id = self.required(&object, "id", |this, node| {
            let id = this.point_id(node)?;
            this.outline.contact_points.push((node.place.clone(), id.clone()));
            Some(id)
        });
        let groups = self.list(object.get("kontaktgrupper"), Self::contact_group);
        let title = self.optional_words(&object, "titel");
        let details = self.point_details(&object);
        Some(ContactPoint { id: id?, groups: groups?, title: title?, details: details? })
    }

    /// The id of a contact point, without surrounding braces.
    pub(super) fn point_id(&mut self, node: &Node<'_>) -> Option<Caseless> {
        let id = self.caseless(node)?;
        let bare = without_braces(id.as_str());
        Some(if self.is_kept || bare == id.as_str() { id } else { Caseless::new(bare) })
    }

    /// A name, or an object with a name and the groups above it.
    pub(super) fn contact_group(&mut self, node: &Node<'_>) -> Option<ContactGroup> {
        if matches!(node.json, Json::Text(_)) {
            return self.caseless(node).map(|name| ContactGroup { name, above: Vec::new() });
        }
        let object = self.shaped(node, &CONTACT_GROUP)?;
        let name = self.required(&object, "navn", Self::caseless);
        let under = object.get("under");
        if let Some(Node { json: Json::List(above), place }) = &under
            && above.len() > MAX_LEVELS
        {
            return self.fault(place, FileProblem::Expected(ValueKind::Levels));
        }
        let above = self.list(under, Self::caseless);
        Some(ContactGroup { name: name?, above: above? })
    }

    pub(super) fn point_details(&mut self, point: &Object<'_>) -> Option<PointDetails> {
        let description = self.optional_words(point, "beskrivelse");
        let audiences = self.list(point.get("maalgrupper"), |this, node| this.choice(node, &Audience::WORDS));
        let largest = point.get("maksMB").map_or(Some(None), |node| self.megabytes(&node).map(Some));
        let most_attachments = point.get("maksBilag").map_or(Some(None), |node| self.count(&node).map(Some));
        let is_active = self.switch(point.get("aktivt"));
        let is_visible = self.switch(point.get("synligt"));
        let codes = self.list(point.get("koder"), Self::point_code);
        let search_terms = self.list(point.get("soegeord"), Self::words);
        let fields = self.list(point.get("felter"), Self::words);
        Some(PointDetails {
            description: description?,
            audiences: audiences?,
            largest: largest?,
            most_attachments: most_attachments?,
            is_active: is_active?,
            is_visible: is_visible?,
            codes: codes?,
            search_terms: search_terms?,
            fields: fields?,
        })
    }

    pub(super) fn point_code(&mut self, node: &Node<'_>) -> Option<PointCode> {
        let object = self.shaped(node, &POINT_CODE)?;
        let kind = self.required(&object, "type", Self::words);
        let code = self.required(&object, "kode", Self::words);
        let name = self.optional_words(&object, "navn");
        Some(PointCode { kind: kind?, code: code?, name: name? })
    }

    pub(super) fn megabytes(&mut self, node: &Node<'_>) -> Option<Megabytes> {
        let number = match node.json {
            #[expect(clippy::cast_precision_loss, reason = "so large a number is refused")]
            Json::Whole(number) => Megabytes::new(*number as f64),
            Json::Number(number) => Megabytes::new(*number),
            _ => None,
        };
        number.or_else(|| self.fault(&node.place, FileProblem::Expected(ValueKind::Megabytes)))
    }
}

//! What the store keeps of a layer.

use landline_store::Collection;
use serde::{Deserialize, Serialize};

use super::record::LayerContent;

/// All versions of all layers, by [`layer_version_id`].
pub(crate) const LAYER_VERSIONS: Collection<LayerVersion> = Collection::new("lambda.layer_version");

/// The number of the version of a layer that was published last, by the layer's name. Numbers
/// never come again.
pub(crate) const LAST_LAYER_VERSIONS: Collection<i64> =
    Collection::new("lambda.last_layer_version");

/// One version of a layer; nothing of it changes but who may have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LayerVersion {
    pub(crate) name: String,
    pub(crate) number: i64,
    pub(crate) description: String,
    pub(crate) license_info: Option<String>,
    pub(crate) runtimes: Vec<String>,
    pub(crate) architectures: Vec<String>,
    pub(crate) content: LayerContent,
    /// The id in the URL of its archive. Numbers are counted, not drawn: whoever has to find what it published knows it
    /// by this.
    #[serde(default)]
    pub(crate) archive_version: String,
    /// Milliseconds since the epoch.
    pub(crate) created: i64,
    #[serde(default)]
    pub(crate) statements: Vec<LayerStatement>,
    /// The revision of `statements`; empty while there was none.
    #[serde(default)]
    pub(crate) policy_revision: String,
}

/// One statement of the policy of a layer's version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LayerStatement {
    pub(crate) sid: String,
    pub(crate) action: String,
    pub(crate) principal: String,
    pub(crate) organization_id: Option<String>,
}

/// The id of a version's record: versions of one layer are together, the oldest first.
pub(crate) fn layer_version_id(name: &str, number: i64) -> String {
    format!("{name}:{number:020}")
}

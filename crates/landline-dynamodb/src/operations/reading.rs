//! What Query and Scan share: which attributes are answered, where a page begins, what it costs.

use landline_api::dynamodb as api;
use landline_wire::ServiceError;

use super::request::{ApiItem, item_of};
use crate::capacity::{Usage, read_units};
use crate::error::{invalid_parameter, validation};
use crate::expression::{DocumentPath, Projection};
use crate::key::KeyAttribute;
use crate::page::{Output, Page};
use crate::table::{Index, IndexScope, NO_MATCH, Projected, Table};
use crate::value::Item;

/// The parameters that decide how rows become the answer.
#[derive(Clone, Copy)]
pub(crate) struct ReadRequest<'a> {
    pub(crate) table: &'a Table,
    pub(crate) index: Option<&'a Index>,
    pub(crate) select: Option<&'a api::Select>,
    pub(crate) consistent: bool,
    /// The parameter that names attributes, for the refusals.
    pub(crate) chosen_by: ChosenBy,
}

/// How a request says which attributes it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChosenBy {
    ProjectionExpression,
    AttributesToGet,
}

impl ChosenBy {
    /// Of a request that has the old parameter or has it not.
    pub(crate) fn of(attributes_to_get: Option<&Vec<String>>) -> Self {
        match attributes_to_get {
            Some(_) => Self::AttributesToGet,
            None => Self::ProjectionExpression,
        }
    }

    fn parameter(self) -> &'static str {
        match self {
            Self::ProjectionExpression => "ProjectionExpression",
            Self::AttributesToGet => "AttributesToGet",
        }
    }
}

impl ReadRequest<'_> {
    /// Ours would be consistent anyway; but an application must not come to rely on it.
    pub(crate) fn check_consistency(&self) -> Result<(), ServiceError> {
        let global = self
            .index
            .is_some_and(|index| index.scope == IndexScope::Global);
        if global && self.consistent {
            return Err(validation(
                "Consistent reads are not supported on global secondary indexes",
            ));
        }
        Ok(())
    }

    pub(crate) fn counts_only(&self) -> bool {
        self.select == Some(&api::Select::Count)
    }

    /// What is answered of each row.
    pub(crate) fn output(&self, projection: Option<Projection>) -> Result<Output, ServiceError> {
        let select = self.select.map(api::Select::as_str);
        if projection.is_some() && !matches!(select, None | Some("SPECIFIC_ATTRIBUTES")) {
            let chosen = match select {
                Some("COUNT") => "only the Count",
                other => other.unwrap_or_default(),
            };
            let parameter = self.chosen_by.parameter();
            return Err(validation(format!(
                "Cannot specify the {parameter} when choosing to get {chosen}"
            )));
        }
        match (select, projection) {
            (Some("COUNT"), _) => Ok(Output::Count),
            (_, Some(projection)) => self.projected(projection),
            (Some("SPECIFIC_ATTRIBUTES"), None) => Err(validation(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
            )),
            (Some("ALL_PROJECTED_ATTRIBUTES"), None) if self.index.is_none() => Err(validation(
                "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
            )),
            (Some("ALL_ATTRIBUTES"), None) => self.all_attributes(),
            _ => Ok(Output::Row),
        }
    }

    fn all_attributes(&self) -> Result<Output, ServiceError> {
        match self.index {
            Some(index) if index.projected != Projected::All => match index.scope {
                IndexScope::Local => Ok(Output::Item(None)),
                IndexScope::Global => Err(invalid_parameter(format_args!(
                    "Select type ALL_ATTRIBUTES is not supported for global secondary index {} because its projection type is not ALL",
                    index.name
                ))),
            },
            _ => Ok(Output::Row),
        }
    }

    fn projected(&self, projection: Projection) -> Result<Output, ServiceError> {
        let Some(index) = self.index else {
            return Ok(Output::Projected(projection));
        };
        let roots = projection.paths().iter().map(DocumentPath::root);
        let missing: Vec<&str> = roots
            .filter(|name| !index.holds(self.table, name))
            .collect();
        if missing.is_empty() {
            return Ok(Output::Projected(projection));
        }
        match index.scope {
            IndexScope::Local => Ok(Output::Item(Some(projection))),
            IndexScope::Global => Err(invalid_parameter(format_args!(
                "One or more parameter values were invalid: Global secondary index {} does not project [{}]",
                index.name,
                missing.join(", ")
            ))),
        }
    }
}

/// The key after which a page begins, as the request has it.
pub(crate) fn start_item(start: Option<ApiItem>) -> Result<Option<Item>, ServiceError> {
    let Some(start) = start else {
        return Ok(None);
    };
    // AWS puts the words before some messages and not before others.
    let bare = [
        "contains duplicates",
        "number set",
        "numeric value",
        "significant digits",
        "number with magnitude",
    ];
    let refuse = |mut error: ServiceError| {
        if !bare.iter().any(|words| error.message.contains(words)) {
            error.message = format!("{BAD_START}: {}", error.message);
        }
        error
    };
    item_of(start).map(Some).map_err(refuse)
}

/// Checks that a start key has as many attributes as the table's and the index's keys together.
pub(crate) fn check_start_length(
    table: &Table,
    index: Option<&Index>,
    start: &Item,
) -> Result<(), ServiceError> {
    let own = index.map_or(0, |index| {
        index
            .keys
            .attributes()
            .filter(|key| !table.keys.holds(&key.name))
            .count()
    });
    if start.len() != table.keys.attributes().count() + own {
        return Err(validation(BAD_START));
    }
    Ok(())
}

/// Checks one attribute of a start key.
pub(crate) fn check_start_attribute(key: &KeyAttribute, start: &Item) -> Result<(), ServiceError> {
    match start.get(&key.name) {
        None => Err(validation(BAD_START)),
        Some(value) if value.attribute_type() != key.kind => Err(validation(NO_MATCH)),
        Some(_) => Ok(()),
    }
}

/// The key of the row after which a page begins.
pub(crate) fn start_row(
    table: &Table,
    index: Option<&Index>,
    start: &Item,
) -> Result<Vec<u8>, ServiceError> {
    let row = table.row_key_of_start(index, start);
    row.ok_or_else(|| validation(format!("{BAD_START}: {NO_MATCH}")))
}

/// What a page costs, as a function: the request's parts are gone by the time it is read.
pub(crate) fn page_usage<'a>(request: &ReadRequest<'a>) -> impl Fn(&Page) -> Usage + use<'a> {
    let ReadRequest {
        index, consistent, ..
    } = *request;
    move |page| {
        let mut usage = Usage::default();
        let units = read_units(page.bytes, consistent);
        match index {
            Some(index) => usage.add_index(index, units),
            None => usage.add_table(units),
        }
        for bytes in &page.looked_up {
            usage.add_table(read_units(*bytes, consistent));
        }
        usage
    }
}

const BAD_START: &str = "The provided starting key is invalid";

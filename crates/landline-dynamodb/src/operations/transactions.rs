//! `TransactWriteItems`, `TransactGetItems`: all or nothing, and as of one moment.
//!
//! A transaction is one entry of the committer's queue, so there is nobody it could conflict with.

use std::sync::Arc;

use landline_api::dynamodb as api;
use landline_api::dynamodb::errors::{
    IdempotentParameterMismatchException, TransactionCanceledException,
};
use landline_store::{KeyRange, Reader as _, Transaction};
use landline_wire::{Caller, Handler, ServiceError};
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use super::batch::{Usages, are_distinct};
use super::items::update_change;
use super::request::{ConditionParameters, Styled, encoded_item, item_of};
use crate::DynamoDb;
use crate::capacity::{CapacityDetail, Usage, read_units};
use crate::error::{Failure, json_of, refused_expression, validation};
use crate::expression::{ExpressionKind, Update};
use crate::item::EncodedItem;
use crate::quotas::MAX_TRANSACTION_BYTES;
use crate::table::Table;
use crate::write::{Change, ItemWrite, NewItem, Written};

impl Handler<api::TransactWriteItems> for DynamoDb {
    async fn handle(
        &self,
        input: api::TransactWriteItemsInput,
        _caller: &Caller,
    ) -> Result<api::TransactWriteItemsOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let token = input.client_request_token.map(|token| Token {
            key: token,
            fingerprint: fingerprint(&input.transact_items),
            now_millis: self.clock.now().as_millis(),
        });
        let mut actions = Vec::new();
        for item in input.transact_items {
            let mut action = self.action(item)?;
            action.write.wants_old |= detail.is_wanted();
            actions.push(action);
        }
        let writes = actions
            .iter()
            .map(|action| (&*action.write.table, &action.write.key));
        if !are_distinct(writes) {
            return Err(validation(
                "Transaction request cannot include multiple operations on one item",
            ));
        }
        let bytes = actions.iter().map(|action| action.write.new_bytes());
        if bytes.sum::<usize>() > MAX_TRANSACTION_BYTES {
            return Err(validation(
                "Collection size exceeded: the items of a transaction may hold 4 MB together",
            ));
        }
        let tables: Vec<Arc<Table>> = actions
            .iter()
            .map(|action| Arc::clone(&action.write.table))
            .collect();
        let written = self.store.write(move |transaction| match token {
            Some(token) if token.is_done(transaction)? => Ok(Vec::new()),
            _ => evaluate(actions, transaction),
        });
        let written = written.await?;
        let mut usages = Usages::default();
        for (table, written) in tables.iter().zip(&written) {
            usages.add(table, &Usage::of_write(table, written, 2.0)?);
        }
        Ok(api::TransactWriteItemsOutput {
            consumed_capacity: usages.report(detail),
            item_collection_metrics: None,
        })
    }
}

impl Handler<api::TransactGetItems> for DynamoDb {
    async fn handle(
        &self,
        input: api::TransactGetItemsInput,
        _caller: &Caller,
    ) -> Result<api::TransactGetItemsOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let (mut gets, mut reasons) = (Vec::new(), Vec::new());
        for api::TransactGetItem { get } in input.transact_items {
            let styled = Styled::new(
                get.expression_attribute_names,
                None,
                &[("ProjectionExpression", get.projection_expression.is_some())],
                &[],
            )?;
            let mut expressions = styled.expressions()?;
            let projection = expressions.projection(get.projection_expression.as_deref())?;
            expressions.finish()?;
            let table = self.table(&get.table_name)?;
            match table.keys.key_of_request(&item_of(get.key)?) {
                Ok(key) => {
                    gets.push((table, key, projection));
                    reasons.push(json!({"Code": "None"}));
                }
                Err(refusal) => reasons.push(reason(refusal.into(), false)?),
            }
        }
        if gets.len() < reasons.len() {
            return Err(cancelled(reasons));
        }
        if !are_distinct(gets.iter().map(|(table, key, _)| (&**table, key))) {
            return Err(validation(
                "Transaction request cannot include multiple operations on one item",
            ));
        }
        let mut usages = Usages::default();
        let responses = self.store.read(|reader| {
            let mut responses = Vec::with_capacity(gets.len());
            for (table, key, projection) in &gets {
                let stored = reader.get(&table.row_key(key))?;
                let stored = stored.as_deref().map(EncodedItem::new).transpose()?;
                let mut usage = Usage::default();
                usage.add_table(2.0 * read_units(stored.map_or(0, |item| item.size()), true));
                usages.add(table, &usage);
                let item = stored.map(|item| encoded_item(item, projection.as_ref()));
                responses.push(api::ItemResponse {
                    item: item.transpose()?,
                });
            }
            Ok::<_, Failure>(responses)
        })?;
        Ok(api::TransactGetItemsOutput {
            consumed_capacity: usages.report(detail),
            responses: Some(responses),
        })
    }
}

/// One action of a transaction.
struct Action {
    write: ItemWrite,
    /// Whether the item that fails the condition is shown.
    shows_item: bool,
}

impl DynamoDb {
    fn action(&self, item: api::TransactWriteItem) -> Result<Action, ServiceError> {
        match (item.condition_check, item.put, item.delete, item.update) {
            (Some(check), None, None, None) => self.check_action(check),
            (None, Some(put), None, None) => self.put_action(put),
            (None, None, Some(delete), None) => self.delete_action(delete),
            (None, None, None, Some(update)) => self.update_action(update),
            _ => Err(validation(
                "TransactItems can only contain one of Check, Put, Update or Delete",
            )),
        }
    }

    fn check_action(&self, check: api::ConditionCheck) -> Result<Action, ServiceError> {
        let condition = ConditionParameters {
            names: check.expression_attribute_names,
            values: check.expression_attribute_values,
            text: Some(check.condition_expression),
            ..ConditionParameters::default()
        };
        let condition = condition.styled()?.parse()?;
        let table = self.table(&check.table_name)?;
        Ok(Action {
            shows_item: shows_item(check.return_values_on_condition_check_failure.as_ref()),
            write: ItemWrite {
                key: table.keys.key_of_request(&item_of(check.key)?)?,
                condition,
                change: Change::Check,
                wants_old: false,
                table,
            },
        })
    }

    fn put_action(&self, put: api::Put) -> Result<Action, ServiceError> {
        let condition = ConditionParameters {
            names: put.expression_attribute_names,
            values: put.expression_attribute_values,
            text: put.condition_expression,
            ..ConditionParameters::default()
        };
        let condition = condition.styled()?.parse()?;
        let item = item_of(put.item)?;
        let table = self.table(&put.table_name)?;
        Ok(Action {
            shows_item: shows_item(put.return_values_on_condition_check_failure.as_ref()),
            write: ItemWrite {
                key: table.check_item(&item)?,
                condition,
                change: Change::Put(NewItem::new(item)),
                wants_old: false,
                table,
            },
        })
    }

    fn delete_action(&self, delete: api::Delete) -> Result<Action, ServiceError> {
        let condition = ConditionParameters {
            names: delete.expression_attribute_names,
            values: delete.expression_attribute_values,
            text: delete.condition_expression,
            ..ConditionParameters::default()
        };
        let condition = condition.styled()?.parse()?;
        let table = self.table(&delete.table_name)?;
        Ok(Action {
            shows_item: shows_item(delete.return_values_on_condition_check_failure.as_ref()),
            write: ItemWrite {
                key: table.keys.key_of_request(&item_of(delete.key)?)?,
                condition,
                change: Change::Delete,
                wants_old: false,
                table,
            },
        })
    }

    fn update_action(&self, update: api::Update) -> Result<Action, ServiceError> {
        let styled = Styled::new(
            update.expression_attribute_names,
            update.expression_attribute_values,
            &[
                ("UpdateExpression", true),
                ("ConditionExpression", update.condition_expression.is_some()),
            ],
            &[],
        )?;
        let mut expressions = styled.expressions()?;
        let parsed = Update::parse(&update.update_expression, expressions.placeholders());
        let parsed = parsed.map_err(refused_expression)?;
        let condition = update.condition_expression.as_deref();
        let condition = expressions.condition(ExpressionKind::Condition, condition)?;
        expressions.finish()?;
        let table = self.table(&update.table_name)?;
        Ok(Action {
            shows_item: shows_item(update.return_values_on_condition_check_failure.as_ref()),
            write: ItemWrite {
                key: table.keys.key_of_request(&item_of(update.key)?)?,
                condition,
                change: update_change(&table, Some(parsed))?,
                wants_old: false,
                table,
            },
        })
    }
}

/// Evaluates every action, even after one has failed: the client hears of all reasons at once.
fn evaluate(
    actions: Vec<Action>,
    transaction: &mut Transaction<'_>,
) -> Result<Vec<Written>, Failure> {
    let mut written = Vec::with_capacity(actions.len());
    let mut reasons = Vec::with_capacity(actions.len());
    for Action { write, shows_item } in actions {
        match write.evaluate(transaction) {
            Ok(done) => {
                written.push(done);
                reasons.push(json!({"Code": "None"}));
            }
            Err(failure) => reasons.push(reason(failure, shows_item)?),
        }
    }
    if written.len() == reasons.len() {
        return Ok(written);
    }
    Err(cancelled(reasons).into())
}

/// The refusal of a transaction, with what each of its actions has to say.
fn cancelled(reasons: Vec<Value>) -> ServiceError {
    let codes: Vec<&str> = reasons
        .iter()
        .filter_map(|reason| reason["Code"].as_str())
        .collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    let cancelled = TransactionCanceledException.with(message);
    cancelled.with_field("CancellationReasons", Value::Array(reasons))
}

/// Why an action cancels the transaction; a failure of the store ends it otherwise.
fn reason(failure: Failure, shows_item: bool) -> Result<Value, Failure> {
    match failure {
        Failure::ConditionFailed(stored) => {
            let mut reason = json!({
                "Code": "ConditionalCheckFailed",
                "Message": "The conditional request failed",
            });
            if let Some(item) = stored.filter(|_| shows_item).as_deref().and_then(json_of) {
                reason["Item"] = item;
            }
            Ok(reason)
        }
        Failure::Refused(error) if error.code == "ValidationException" => {
            Ok(json!({"Code": "ValidationError", "Message": error.message}))
        }
        other => Err(other),
    }
}

fn shows_item(wanted: Option<&api::ReturnValuesOnConditionCheckFailure>) -> bool {
    wanted == Some(&api::ReturnValuesOnConditionCheckFailure::AllOld)
}

/// The `ClientRequestToken` of a request: for ten minutes, repeating the request does nothing more.
struct Token {
    key: String,
    fingerprint: [u8; 16],
    now_millis: i64,
}

impl Token {
    /// Whether the request was carried out before; if not, notes that now it is.
    ///
    /// Notes lie in the store by the ten minutes in which they were made, so those that have expired
    /// are one range.
    fn is_done(&self, transaction: &mut Transaction<'_>) -> Result<bool, Failure> {
        let period = self.now_millis.div_euclid(TOKEN_MILLIS);
        for period in [period, period - 1] {
            let Some(note) = transaction.get(&self.note_key(period))? else {
                continue;
            };
            let Some((made, fingerprint)) = note.split_first_chunk::<8>() else {
                continue;
            };
            if self.now_millis - i64::from_be_bytes(*made) >= TOKEN_MILLIS {
                continue;
            }
            if fingerprint != self.fingerprint {
                return Err(IdempotentParameterMismatchException
                    .with("The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical")
                    .into());
            }
            return Ok(true);
        }
        transaction.delete_range(&KeyRange::between([TOKENS], period_key(period - 1)))?;
        let note = [&self.now_millis.to_be_bytes()[..], &self.fingerprint].concat();
        transaction.put(self.note_key(period), note);
        Ok(false)
    }

    fn note_key(&self, period: i64) -> Vec<u8> {
        let mut key = period_key(period);
        key.extend_from_slice(self.key.as_bytes());
        key
    }
}

fn period_key(period: i64) -> Vec<u8> {
    let mut key = vec![TOKENS];
    key.extend_from_slice(&period.to_be_bytes());
    key
}

fn fingerprint(items: &[api::TransactWriteItem]) -> [u8; 16] {
    Md5::digest(format!("{items:?}")).into()
}

/// The first byte of the keys of the notes.
const TOKENS: u8 = landline_store::KeySpace::TransactionTokens.byte();

const TOKEN_MILLIS: i64 = 10 * 60 * 1_000;

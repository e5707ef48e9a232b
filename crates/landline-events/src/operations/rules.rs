//! `PutRule`, `DescribeRule`, `DeleteRule`, `EnableRule`, `DisableRule`, `ListRules`, `ListRuleNamesByTarget`.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html>

use landline_api::events as api;
use landline_api::events::errors;
use landline_wire::event_pattern::Pattern;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::{Service, put_events, tags};
use crate::Events;
use crate::errors::{invalid, no_rule, unavailable};
use crate::expression::Expression;
use crate::quotas::RULES_MAX;
use crate::rule::{DEFAULT, RULES, Rule, RuleRecord, key};

pub(super) fn pattern(text: &str) -> Result<Pattern, ServiceError> {
    put_events::parsed(text)
}

impl Handler<api::PutRule> for Service {
    async fn handle(
        &self,
        input: api::PutRuleInput,
        _caller: &Caller,
    ) -> Result<api::PutRuleOutput, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        check(&input, &bus)?;
        let _one_at_a_time = self.changes.lock().await;
        let existing = self.buses.rule(&bus, &input.name);
        let is_new = existing.is_none();
        if is_new
            && self
                .buses
                .rules(&bus)
                .is_some_and(|rules| rules.len() >= RULES_MAX)
        {
            return Err(errors::LimitExceededException
                .with("The requested resource exceeds the maximum number allowed."));
        }
        let place = match bus.as_str() {
            DEFAULT => format!("rule/{}", input.name),
            bus => format!("rule/{bus}/{}", input.name),
        };
        let before = existing.map(|rule| rule.record.clone());
        let before = before.unwrap_or_else(|| RuleRecord {
            created_millis: self.now().as_millis(),
            ..RuleRecord::default()
        });
        let is_other = before.schedule != input.schedule_expression;
        let record = RuleRecord {
            arn: self.arn(&place),
            name: input.name,
            bus,
            pattern: input.event_pattern,
            schedule: input.schedule_expression,
            is_enabled: input.state != Some(api::RuleState::Disabled),
            description: input.description,
            role_arn: input.role_arn,
            // Those of a rule that is there stay as they are.
            tags: if is_new {
                tags::map_of(input.tags)?
            } else {
                before.tags
            },
            targets: before.targets,
            created_millis: if is_other {
                self.now().as_millis()
            } else {
                before.created_millis
            },
        };
        let arn = record.arn.clone();
        self.save_rule(record).await?;
        Ok(api::PutRuleOutput {
            rule_arn: Some(arn),
        })
    }
}

fn check(input: &api::PutRuleInput, bus: &str) -> Result<(), ServiceError> {
    if let Some(text) = &input.event_pattern {
        pattern(text)?;
    }
    if let Some(text) = &input.schedule_expression {
        match Expression::parse(text) {
            Ok(Expression::Rate(_) | Expression::Cron(_)) => {}
            _ => return Err(invalid("Parameter ScheduleExpression is not valid.")),
        }
        if bus != DEFAULT {
            return Err(invalid(
                "ScheduleExpression is supported only on the default event bus.",
            ));
        }
    }
    if input.event_pattern.is_none() && input.schedule_expression.is_none() {
        return Err(invalid(
            "Parameter(s) EventPattern or ScheduleExpression must be specified.",
        ));
    }
    Ok(())
}

impl Events {
    /// Makes a rule durable, and shows it to those who look. To be called with `changes` locked.
    pub(super) async fn save_rule(&self, record: RuleRecord) -> Result<(), ServiceError> {
        let key = key(&record.bus, &record.name);
        let put = RULES.put(&*self.config.store, &key, record.clone()).await;
        put.map_err(unavailable)?;
        let rule = Rule::new(record);
        self.buses.put_rule(rule.clone());
        self.note(&rule);
        Ok(())
    }

    /// Changes a rule as it is now.
    pub(super) async fn change_rule(
        &self,
        bus: &str,
        name: &str,
        change: impl FnOnce(&mut RuleRecord) -> Result<(), ServiceError>,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let rule = self.buses.rule(bus, name);
        let rule = rule.ok_or_else(|| no_rule(name, bus))?;
        let mut record = rule.record.clone();
        change(&mut record)?;
        self.save_rule(record).await
    }
}

impl Handler<api::DescribeRule> for Service {
    async fn handle(
        &self,
        input: api::DescribeRuleInput,
        caller: &Caller,
    ) -> Result<api::DescribeRuleOutput, ServiceError> {
        let rule = self.rule(input.event_bus_name.as_deref(), &input.name)?;
        let record = rule.record.clone();
        Ok(api::DescribeRuleOutput {
            state: Some(state(&record)),
            name: Some(record.name),
            arn: Some(record.arn),
            event_pattern: record.pattern,
            schedule_expression: record.schedule,
            description: record.description,
            role_arn: record.role_arn,
            event_bus_name: Some(record.bus),
            created_by: Some(caller.account_id.to_string()),
            ..Default::default()
        })
    }
}

fn state(record: &RuleRecord) -> api::RuleState {
    if record.is_enabled {
        api::RuleState::Enabled
    } else {
        api::RuleState::Disabled
    }
}

impl Handler<api::DeleteRule> for Service {
    async fn handle(
        &self,
        input: api::DeleteRuleInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let _one_at_a_time = self.changes.lock().await;
        // Deleting what is not there is a success.
        let Some(rule) = self.buses.rule(&bus, &input.name) else {
            return Ok(Unit {});
        };
        if !rule.record.targets.is_empty() {
            return Err(invalid("Rule can't be deleted since it has targets."));
        }
        let key = rule.key();
        let deleted = RULES.delete(&*self.config.store, &key).await;
        deleted.map_err(unavailable)?;
        self.buses.remove_rule(&bus, &input.name);
        self.agenda.lock().note(&key, None);
        Ok(Unit {})
    }
}

impl Handler<api::EnableRule> for Service {
    async fn handle(
        &self,
        input: api::EnableRuleInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let change = self.change_rule(&bus, &input.name, |record| {
            record.is_enabled = true;
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::DisableRule> for Service {
    async fn handle(
        &self,
        input: api::DisableRuleInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let change = self.change_rule(&bus, &input.name, |record| {
            record.is_enabled = false;
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListRules> for Service {
    async fn handle(
        &self,
        input: api::ListRulesInput,
        _caller: &Caller,
    ) -> Result<api::ListRulesOutput, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let prefix = input.name_prefix.unwrap_or_default();
        let mut rules = self.buses.rules(&bus).unwrap_or_default();
        rules.retain(|rule| rule.record.name.starts_with(&prefix));
        let token = input.next_token.as_deref();
        let (page, next_token) = page(rules, token, input.limit, |rule| &rule.record.name);
        let shown = page.iter().map(|rule| {
            let record = rule.record.clone();
            api::Rule {
                state: Some(state(&record)),
                name: Some(record.name),
                arn: Some(record.arn),
                event_pattern: record.pattern,
                schedule_expression: record.schedule,
                description: record.description,
                role_arn: record.role_arn,
                event_bus_name: Some(record.bus),
                ..Default::default()
            }
        });
        Ok(api::ListRulesOutput {
            rules: Some(shown.collect()),
            next_token,
        })
    }
}

impl Handler<api::ListRuleNamesByTarget> for Service {
    async fn handle(
        &self,
        input: api::ListRuleNamesByTargetInput,
        _caller: &Caller,
    ) -> Result<api::ListRuleNamesByTargetOutput, ServiceError> {
        let (bus, _) = self.bus(input.event_bus_name.as_deref())?;
        let rules = self.buses.rules(&bus).unwrap_or_default();
        let has = |rule: &Rule| {
            let mut targets = rule.record.targets.iter();
            targets.any(|target| target.arn == input.target_arn)
        };
        let names = rules.iter().filter(|rule| has(rule));
        let names = names.map(|rule| rule.record.name.clone()).collect();
        let token = input.next_token.as_deref();
        let (page, next_token) = page(names, token, input.limit, |name: &String| name.as_str());
        Ok(api::ListRuleNamesByTargetOutput {
            rule_names: Some(page),
            next_token,
        })
    }
}

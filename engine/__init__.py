"""Chengxin's engine: BPMN, DMN and forms run on SpiffWorkflow, without any web framework."""

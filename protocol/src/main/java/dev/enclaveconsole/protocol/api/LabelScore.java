package dev.enclaveconsole.protocol.api;

/// One class of the model with its probability, 0…1.
public record LabelScore(String label, int index, double score) {}

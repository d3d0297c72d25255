package infra

// Statements returns the statements of a role's inline policies, or of a managed policy.
func Statements(properties map[string]any) []map[string]any {
	documents := []any{properties}
	if own, ok := properties["Policies"]; ok {
		documents = List(own)
	}
	var all []map[string]any
	for _, d := range documents {
		for _, s := range List(d.(map[string]any)["PolicyDocument"].(map[string]any)["Statement"]) {
			all = append(all, s.(map[string]any))
		}
	}
	return all
}

// List returns a list as it is and any other value as a list of one, as CloudFormation does; nil for nil.
func List(part any) []any {
	switch part := part.(type) {
	case nil:
		return nil
	case []any:
		return part
	}
	return []any{part}
}

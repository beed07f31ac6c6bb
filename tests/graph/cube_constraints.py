"""The integrity constraints of the RDF Data Cube Vocabulary (section 11.1), IC-1 to IC-21, as ASK queries.

Each asks for a violation: a well-formed cube answers no to all. FAULTS has one for each that it must find.
IC-20 and IC-21 are templates over the properties of hierarchies; `{p}` is put in by the caller.
"""

from __future__ import annotations

CONSTRAINTS = {
    "IC-1": """{ ?obs a qb:Observation FILTER NOT EXISTS { ?obs qb:dataSet ?one } }
        UNION { ?obs a qb:Observation ; qb:dataSet ?one , ?two FILTER (?one != ?two) }""",
    "IC-2": """{ ?set a qb:DataSet FILTER NOT EXISTS { ?set qb:structure ?one } }
        UNION { ?set a qb:DataSet ; qb:structure ?one , ?two FILTER (?one != ?two) }""",
    "IC-3": """?dsd a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty ?m . ?m a qb:MeasureProperty }""",
    "IC-4": "?dim a qb:DimensionProperty FILTER NOT EXISTS { ?dim rdfs:range ?range }",
    "IC-5": """?dim a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?dim qb:codeList ?list }""",
    "IC-6": """?dsd qb:component ?spec . ?spec qb:componentRequired false ; qb:componentProperty ?component
        FILTER NOT EXISTS { ?component a qb:AttributeProperty }""",
    "IC-7": """?key a qb:SliceKey
        FILTER NOT EXISTS { ?dsd a qb:DataStructureDefinition ; qb:sliceKey ?key }""",
    "IC-8": """?key a qb:SliceKey ; qb:componentProperty ?prop . ?dsd qb:sliceKey ?key
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty ?prop }""",
    "IC-9": """{ ?slice a qb:Slice FILTER NOT EXISTS { ?slice qb:sliceStructure ?one } }
        UNION { ?slice a qb:Slice ; qb:sliceStructure ?one , ?two FILTER (?one != ?two) }""",
    "IC-10": """?slice qb:sliceStructure/qb:componentProperty ?dim
        FILTER NOT EXISTS { ?slice ?dim ?value }""",
    "IC-11": """?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim .
        ?dim a qb:DimensionProperty FILTER NOT EXISTS { ?obs ?dim ?value }""",
    "IC-12": """FILTER (?same = 1) { SELECT (MIN(?equal) AS ?same) {
            ?one qb:dataSet ?set . ?set qb:structure/qb:component/qb:componentProperty ?dim .
            ?dim a qb:DimensionProperty . ?two qb:dataSet ?set FILTER (STR(?one) < STR(?two))
            ?one ?dim ?a . ?two ?dim ?b BIND (IF(?a = ?b, 1, 0) AS ?equal)
        } GROUP BY ?one ?two }""",
    "IC-13": """?obs qb:dataSet/qb:structure/qb:component ?spec .
        ?spec qb:componentRequired true ; qb:componentProperty ?attribute
        FILTER NOT EXISTS { ?obs ?attribute ?value }""",
    "IC-14": """?obs qb:dataSet/qb:structure ?dsd
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty qb:measureType }
        ?dsd qb:component/qb:componentProperty ?measure . ?measure a qb:MeasureProperty
        FILTER NOT EXISTS { ?obs ?measure ?value }""",
    "IC-15": """?obs qb:dataSet/qb:structure ?dsd ; qb:measureType ?measure .
        ?dsd qb:component/qb:componentProperty qb:measureType FILTER NOT EXISTS { ?obs ?measure ?value }""",
    "IC-16": """?obs qb:dataSet/qb:structure ?dsd ; qb:measureType ?measure ; ?other ?value .
        ?dsd qb:component/qb:componentProperty qb:measureType ; qb:component/qb:componentProperty ?other .
        ?other a qb:MeasureProperty FILTER (?other != ?measure)""",
    "IC-17": """{ SELECT ?one ?measures {
            { SELECT ?dsd (COUNT(?m) AS ?measures) {
                ?dsd qb:component/qb:componentProperty ?m . ?m a qb:MeasureProperty } GROUP BY ?dsd }
            ?one qb:measureType ?m1 ; qb:dataSet ?set . ?set qb:structure ?dsd .
            ?two qb:dataSet ?set ; qb:measureType ?m2
            FILTER NOT EXISTS {
                ?dsd qb:component/qb:componentProperty ?dim FILTER (?dim != qb:measureType)
                ?dim a qb:DimensionProperty . ?one ?dim ?a . ?two ?dim ?b FILTER (?a != ?b) }
        } GROUP BY ?one ?measures HAVING (COUNT(?two) != ?measures) }""",
    "IC-18": """?set qb:slice ?slice . ?slice qb:observation ?obs
        FILTER NOT EXISTS { ?obs qb:dataSet ?set }""",
    "IC-19": """?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim .
        ?dim a qb:DimensionProperty ; qb:codeList ?list . ?obs ?dim ?value
        { ?list a skos:ConceptScheme FILTER NOT EXISTS { ?value a skos:Concept ; skos:inScheme ?list } }
        UNION { ?list a skos:Collection
            FILTER NOT EXISTS { ?value a skos:Concept . ?list skos:member+ ?value } }""",
    "IC-20": """?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim .
        ?dim a qb:DimensionProperty ; qb:codeList ?list . ?list a qb:HierarchicalCodeList . ?obs ?dim ?value
        FILTER NOT EXISTS { ?list qb:hierarchyRoot/{p}* ?value }""",
    "IC-21": """?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim .
        ?dim a qb:DimensionProperty ; qb:codeList ?list . ?list a qb:HierarchicalCodeList . ?obs ?dim ?value
        FILTER NOT EXISTS { ?list qb:hierarchyRoot/(^{p})* ?value }""",
}

HIERARCHIES = {
    "IC-20": "SELECT ?p { ?h a qb:HierarchicalCodeList ; qb:parentChildProperty ?p FILTER (isIRI(?p)) }",
    "IC-21": """SELECT ?p { ?h a qb:HierarchicalCodeList ; qb:parentChildProperty ?i FILTER (isBlank(?i))
        ?i owl:inverseOf ?p FILTER (isIRI(?p)) }""",
}
"""The queries that the templates are filled from."""

FAULTS = {
    "IC-1": "DELETE WHERE { ex:first qb:dataSet ?s }",
    "IC-2": "DELETE WHERE { ?s qb:structure ?d }",
    "IC-3": "DELETE WHERE { cube-measure:value a qb:MeasureProperty }",
    "IC-4": "DELETE WHERE { cube-dimension:document rdfs:range ?r }",
    "IC-5": "DELETE WHERE { cube-dimension:area qb:codeList ?l }",
    "IC-6": """INSERT { ?spec qb:componentRequired false }
        WHERE { ?spec qb:componentProperty cube-dimension:area }""",
    "IC-7": "INSERT DATA { ex:key a qb:SliceKey }",
    "IC-8": """INSERT { ?dsd qb:sliceKey ex:key . ex:key a qb:SliceKey ; qb:componentProperty ex:other }
        WHERE { ?dsd a qb:DataStructureDefinition }""",
    "IC-9": "INSERT DATA { ex:slice a qb:Slice }",
    "IC-10": """INSERT DATA {
        ex:slice qb:sliceStructure ex:key . ex:key qb:componentProperty cube-dimension:area }""",
    "IC-11": "DELETE WHERE { ex:first cube-dimension:period ?p }",
    "IC-12": """DELETE { ex:first ?d ?v . ex:second ?d ?w } INSERT { ex:first ?d ex:v . ex:second ?d ex:v }
        WHERE { ?d a qb:DimensionProperty . ex:first ?d ?v . ex:second ?d ?w }""",
    "IC-13": "DELETE WHERE { ex:first cube-attribute:figure ?f }",
    "IC-14": "DELETE WHERE { ex:first cube-measure:value ?v }",
    "IC-15": """INSERT { ?dsd qb:component ex:type . ex:type qb:componentProperty qb:measureType .
        ex:first qb:measureType ex:other } WHERE { ?dsd a qb:DataStructureDefinition }""",
    "IC-16": """INSERT { ?dsd qb:component ex:type . ex:type qb:componentProperty qb:measureType .
        ex:first qb:measureType ex:other } WHERE { ?dsd a qb:DataStructureDefinition }""",
    "IC-17": """INSERT { ?dsd qb:component ex:two . ex:two qb:componentProperty ex:other .
        ex:other a qb:MeasureProperty . ex:first qb:measureType ex:other }
        WHERE { ?dsd a qb:DataStructureDefinition }""",
    "IC-18": "INSERT DATA { ex:set qb:slice ex:slice . ex:slice qb:observation ex:first }",
    "IC-19": "DELETE { ?v skos:inScheme ?s } WHERE { ex:first cube-dimension:area ?v . ?v skos:inScheme ?s }",
    "IC-20": """INSERT { ?l a qb:HierarchicalCodeList ; qb:parentChildProperty skos:narrower }
        WHERE { cube-dimension:area qb:codeList ?l }""",
    "IC-21": """INSERT {
        ?l a qb:HierarchicalCodeList ; qb:parentChildProperty [ owl:inverseOf skos:broader ] }
        WHERE { cube-dimension:area qb:codeList ?l }""",
}
"""An update that breaks one constraint; `ex:first` and `ex:second` are put in for two observations."""

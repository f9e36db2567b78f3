"""Which way is better for metrics whose name leaves no doubt: exact names, never a guess.

A name counts whole or by the last segment behind a dot or slash (`val.auc` and `val/auc` are an
`auc`), also without the name of a split (`val_auc`, `auc_test`), letter case and the difference
between `-`, blanks and `_` aside, so that `ROC-AUC` and `roc_auc` are one metric. A name that some
field reads the other way round (`loss_ratio`, `score`, `time`) is left out.
"""

from __future__ import annotations

from typing import Literal

Direction = Literal["higher", "lower"]

_HIGHER = """
    accuracy acc balanced_accuracy top1_accuracy top5_accuracy top_1_accuracy top_5_accuracy
    accuracy_score balanced_accuracy_score binary_accuracy categorical_accuracy
    sparse_categorical_accuracy exact_match
    auc roc_auc auroc auc_roc pr_auc auprc auc_pr average_precision ap ap50 ap75
    map map50 map75 map50_95 mean_average_precision map50(b) map50_95(b) map50(m) map50_95(m)
    precision(b) recall(b) precision(m) recall(m) precision_score recall_score roc_auc_score
    precision precision_macro precision_micro precision_weighted
    recall recall_macro recall_micro recall_weighted sensitivity specificity
    tpr tnr true_positive_rate true_negative_rate ppv npv
    positive_predictive_value negative_predictive_value
    f1 f1_score f1_macro f1_micro f1_weighted macro_f1 micro_f1 weighted_f1
    f0_5 f2 mcc matthews_corrcoef matthews_correlation cohen_kappa kappa
    ndcg ndcg_5 ndcg_10 ndcg_at_5 ndcg_at_10 mrr hit_rate precision_at_k recall_at_k
    r2 r2_score r_squared adjusted_r2 explained_variance
    pearson pearsonr spearman spearmanr kendall_tau
    bleu sacrebleu rouge_1 rouge_2 rouge_l rouge1 rouge2 rougel meteor chrf comet bertscore
    dice mean_dice iou mean_iou miou jaccard psnr ssim inception_score
    uas las ents_f ents_p ents_r tag_acc
    throughput_rps throughput_qps tokens_per_second pass_at_1 win_rate
"""

_LOWER = """
    loss log_loss logloss box_loss cls_loss dfl_loss cross_entropy nll bce
    mse rmse mae mape smape wape wmape rmsle msle median_absolute_error max_error mase
    mean_squared_error root_mean_squared_error mean_absolute_error
    mean_absolute_percentage_error quantile_loss pinball_loss crps
    brier brier_score ece mce expected_calibration_error
    error error_rate wer cer ter mer der eer false_positive_rate false_negative_rate fpr fnr
    perplexity ppl bits_per_byte bits_per_character
    fid kid lpips hausdorff hausdorff_95 average_surface_distance
    hallucination_rate toxicity
    latency latency_ms latency_p50 latency_p90 latency_p95 latency_p99
    latency_p50_ms latency_p90_ms latency_p95_ms latency_p99_ms latency_mean_ms latency_avg_ms
    latency.p50 latency.p90 latency.p95 latency.p99
    latency.p50_ms latency.p90_ms latency.p95_ms latency.p99_ms
    inference_time_ms
    reliability_gap
"""


HIGHER = frozenset(_HIGHER.split())
LOWER = frozenset(_LOWER.split())
_SPLITS = "train training val valid validation dev test testing eval evaluation holdout cv oof"
SPLITS = frozenset(_SPLITS.split())
"""What comes before or behind the name of a metric to say on which part it was measured."""


def direction_of(name: str) -> Direction | None:
    """Which way is better, or None where the name is not in the table."""
    word = well_known(name)
    if word is None:
        return None
    return "higher" if word in HIGHER else "lower"


def well_known(name: str) -> str | None:
    """The name of the table that a name stands for; None where it is not in it."""
    for part in (name, name.replace("/", ".").rpartition(".")[2]):
        word = part.strip().lower().replace("-", "_").replace(" ", "_").replace("@", "_at_")
        for one in (word, _without_split(word)):
            if one in HIGHER or one in LOWER:
                return one
    return None


def _without_split(word: str) -> str:
    first, _, rest = word.partition("_")
    if first in SPLITS:
        return rest
    rest, _, last = word.rpartition("_")
    return rest if last in SPLITS else ""

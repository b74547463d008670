import type { Language } from '#src/i18n/languages.ts';

export type Titles = Readonly<Record<Language, string>>;

/** A page the book will have; one that is written already bears the title of its own front matter. */
export interface PlannedPage {
  name: string;
  titles: Titles;
}

/** One section of the article that the book follows. A section without pages is a page itself. */
export interface Section extends PlannedPage {
  pages: readonly PlannedPage[];
}

const page = (name: string, zh: string, en: string): PlannedPage => ({ name, titles: { zh, en } });
const section = (name: string, zh: string, en: string, pages: readonly PlannedPage[] = []): Section => ({
  ...page(name, zh, en),
  pages,
});

export const sections: readonly Section[] = [
  section('background', '背景介绍', 'Background'),
  section('core-concepts', '核心概念与联系', 'Core concepts and how they connect', [
    page('deep-networks', '深度神经网络', 'Deep neural networks'),
    page('datasets', '数据集', 'Data sets'),
    page('training', '训练过程', 'The training process'),
    page('scenarios', '应用场景', 'Application scenarios'),
  ]),
  section('core-algorithms', '核心算法原理与操作步骤', 'Core algorithms, step by step', [
    page('cnn', '卷积神经网络', 'Convolutional neural networks'),
    page('rnn', '循环神经网络', 'Recurrent neural networks'),
    page('gan', '生成对抗网络', 'Generative adversarial networks'),
  ]),
  section('mathematics', '数学模型与公式', 'Models and formulas', [
    page('cnn', '卷积神经网络的数学', 'The mathematics of CNNs'),
    page('rnn', '循环神经网络的数学', 'The mathematics of RNNs'),
  ]),
  section('projects', '项目实战', 'Projects in code', [
    page('setup', '开发环境搭建', 'Setting up'),
    page('source', '源代码的详细实现', 'The source code'),
    page('reading', '代码解读与分析', 'Reading the code'),
  ]),
  section('applications', '实际应用场景', 'Real-world applications', [
    page('customer-service', '智能客服', 'Customer service'),
    page('medicine', '智能医疗', 'Medicine'),
    page('recommendation', '智能推荐', 'Recommendation'),
  ]),
  section('resources', '工具和资源推荐', 'Tools and resources', [
    page('learning', '学习资源', 'Where to learn'),
    page('frameworks', '开发工具与框架', 'Tools and frameworks'),
    page('papers', '相关论文与著作', 'Papers and books'),
  ]),
  section('outlook', '总结：未来发展趋势与挑战', 'Outlook: trends and challenges', [
    page('trends', '发展趋势', 'Trends'),
    page('challenges', '挑战', 'Challenges'),
  ]),
  section('questions', '常见问题与解答', 'Frequently asked questions'),
  section('further-reading', '扩展阅读与参考资料', 'Further reading and references'),
];
